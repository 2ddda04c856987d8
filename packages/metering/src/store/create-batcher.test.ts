import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createBatcher, LEFT_OUT } from './create-batcher.ts'

type Element = { customerId: string; value: string; bytes?: number }

const LIMITS = { maxBatchSize: 100, maxBytes: 1000, maxConcurrentBatches: 1 }
const element = (value: string, customerId = value): Element => ({ customerId, value })

describe('calls made at the same time', () => {
  it('share a statement, and each gets its own answer', async () => {
    const { batch, statements } = batching()
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((value) => batch(element(value))))
    expect(answers).toEqual(['A', 'B', 'C', 'D'])
    expect(statements).toEqual([['a', 'b', 'c', 'd']])
  })

  it('are sent on the next turn of the event loop when nothing is under way', async () => {
    const { batch, statements } = batching()
    const answer = batch(element('a'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(statements).toEqual([['a']])
    expect(await answer).toBe('A')
  })

  it('wait while a statement is under way, and share the next', async () => {
    const { batch, statements } = batching()
    const first = batch(element('a'))
    await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([first, batch(element('b')), batch(element('c'))])
    expect(statements).toEqual([['a'], ['b', 'c']])
  })

  it('never share one with another of the same identity', async () => {
    const { batch, statements } = batching()
    await Promise.all([batch(element('a', 'ada')), batch(element('a', 'ada'))])
    expect(statements).toEqual([['a'], ['a']])
  })

  it('are sent again, together, when they are not the common case', async () => {
    const { batch, statements } = batching({ uncommon: ['b', 'd'] })
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((value) => batch(element(value))))
    expect(answers).toEqual(['A', 'b, alone', 'C', 'd, alone'])
    expect(statements).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'd'],
    ])
  })

  it('are at most so many in one statement, in the order in which they came', async () => {
    const { batch, statements } = batching({ maxBatchSize: 2 })
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((value) => batch(element(value))))
    expect(statements).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  it('are at most so many bytes in one statement, and a larger one goes alone', async () => {
    const { batch, statements } = batching({ maxBytes: 10 })
    const sized = (value: string, bytes: number) => batch({ ...element(value), bytes })
    await Promise.all([sized('a', 1), sized('b', 6), sized('c', 50), sized('d', 6), sized('e', 4)])
    expect(statements).toEqual([['a', 'b'], ['c'], ['d', 'e']])
  })
})

describe('a customer', () => {
  it('who waits for a locked account holds up one slot, however often they call', async () => {
    const { batch, statements, release } = batching({ maxConcurrentBatches: 2, stuck: 'stuck' })
    const first = batch(element('x', 'stuck'))
    await new Promise((resolve) => setImmediate(resolve))
    const waiting = [first, batch(element('y', 'stuck')), batch(element('z', 'stuck'))]
    expect(await batch(element('a'))).toBe('A')
    expect(await batch(element('b'))).toBe('B')
    release()
    expect(await Promise.all(waiting)).toEqual(['X', 'Y', 'Z'])
    expect(statements).toEqual([['x'], ['a'], ['b'], ['y', 'z']])
  })
})

describe('a statement that fails', () => {
  it('because of one element fails for that element alone', async () => {
    const { batch } = batching({ poison: 'p' })
    const values = ['a', 'b', 'p', 'c', 'd', 'e']
    const settled = await Promise.allSettled(values.map((value) => batch(element(value))))
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ])
  })

  it('because of a conflict is sent again in halves, until few enough meet', async () => {
    const { batch, statements } = batching({ conflictAbove: 2 })
    const values = ['a', 'b', 'c', 'd']
    expect(await Promise.all(values.map((value) => batch(element(value))))).toEqual([
      'A',
      'B',
      'C',
      'D',
    ])
    expect(statements).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('with an unknown fate fails for its members, and those who come later are served', async () => {
    const { batch, statements } = batching({ lost: 'l' })
    const values = ['a', 'b', 'l']
    const settled = await Promise.allSettled(values.map((value) => batch(element(value))))
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await batch(element('c'))).toBe('C')
    expect(statements).toEqual([['a', 'b', 'l'], ['c']])
  })

  it('by answering for too few rejects those without an answer', async () => {
    const { batch } = batching({ answersMax: 1 })
    const settled = await Promise.allSettled(['a', 'b', 'c'].map((value) => batch(element(value))))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  })
})

/** A batcher on a fake database, and what it sent. */
function batching({
  stuck,
  poison,
  lost,
  answersMax = Infinity,
  uncommon = [],
  conflictAbove = Infinity,
  ...limits
}: {
  maxBatchSize?: number
  maxBytes?: number
  maxConcurrentBatches?: number
  stuck?: string
  poison?: string
  lost?: string
  answersMax?: number
  uncommon?: string[]
  conflictAbove?: number
} = {}) {
  const statements: string[][] = []
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const batch = createBatcher<Element, string>({
    limits: { ...LIMITS, ...limits },
    identityOf: ({ value }) => value,
    bytesOf: ({ bytes = 0 }) => bytes,
    async send(elements) {
      statements.push(elements.map(({ value }) => value))
      await (elements.some(({ customerId }) => customerId === stuck) ? released : delay(1))
      if (elements.some(({ value }) => value === poison)) throw databaseError('22P05')
      if (elements.length > conflictAbove) throw databaseError('40001')
      if (elements.some(({ value }) => value === lost)) throw new Error('Connection terminated')
      return elements
        .map(({ value }) => (uncommon.includes(value) ? LEFT_OUT : value.toUpperCase()))
        .slice(0, answersMax)
    },
    async sendLeftOut(elements) {
      statements.push(elements.map(({ value }) => value))
      return elements.map(({ value }) => `${value}, alone`)
    },
  })
  return { batch, statements, release: () => release() }
}

/** An error as the driver reports it. */
function databaseError(code: string): Error {
  return Object.assign(new Error('refused'), { severity: 'ERROR', code })
}
