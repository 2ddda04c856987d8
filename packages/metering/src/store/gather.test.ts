import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createGatherer, LEFT_OUT } from './gather.ts'

type Element = { customerId: string; value: string; bytes?: number }

const LIMITS = { elementsMax: 100, bytesMax: 1000, statementsAtOnce: 1 }
const element = (value: string, customerId = value): Element => ({ customerId, value })

describe('calls made at the same time', () => {
  it('share a statement, and each gets its own answer', async () => {
    const { gather, statements } = gathering()
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((value) => gather(element(value))))
    expect(answers).toEqual(['A', 'B', 'C', 'D'])
    expect(statements).toEqual([['a', 'b', 'c', 'd']])
  })

  it('are sent on the next turn of the event loop when nothing is under way', async () => {
    const { gather, statements } = gathering()
    const answer = gather(element('a'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(statements).toEqual([['a']])
    expect(await answer).toBe('A')
  })

  it('wait while a statement is under way, and share the next', async () => {
    const { gather, statements } = gathering()
    const first = gather(element('a'))
    await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([first, gather(element('b')), gather(element('c'))])
    expect(statements).toEqual([['a'], ['b', 'c']])
  })

  it('never share one with another of the same identity', async () => {
    const { gather, statements } = gathering()
    await Promise.all([gather(element('a', 'ada')), gather(element('a', 'ada'))])
    expect(statements).toEqual([['a'], ['a']])
  })

  it('are sent again, together, when they are not the common case', async () => {
    const { gather, statements } = gathering({ uncommon: ['b', 'd'] })
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((value) => gather(element(value))))
    expect(answers).toEqual(['A', 'b, alone', 'C', 'd, alone'])
    expect(statements).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'd'],
    ])
  })

  it('are at most so many in one statement, in the order in which they came', async () => {
    const { gather, statements } = gathering({ elementsMax: 2 })
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((value) => gather(element(value))))
    expect(statements).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  it('are at most so many bytes in one statement, and a larger one goes alone', async () => {
    const { gather, statements } = gathering({ bytesMax: 10 })
    const sized = (value: string, bytes: number) => gather({ ...element(value), bytes })
    await Promise.all([sized('a', 1), sized('b', 6), sized('c', 50), sized('d', 6), sized('e', 4)])
    expect(statements).toEqual([['a', 'b'], ['c'], ['d', 'e']])
  })
})

describe('a customer', () => {
  it('who waits for a locked account holds up one lane, however often they call', async () => {
    const { gather, statements, release } = gathering({ statementsAtOnce: 2, stuck: 'stuck' })
    const first = gather(element('x', 'stuck'))
    await new Promise((resolve) => setImmediate(resolve))
    const waiting = [first, gather(element('y', 'stuck')), gather(element('z', 'stuck'))]
    expect(await gather(element('a'))).toBe('A')
    expect(await gather(element('b'))).toBe('B')
    release()
    expect(await Promise.all(waiting)).toEqual(['X', 'Y', 'Z'])
    expect(statements).toEqual([['x'], ['a'], ['b'], ['y', 'z']])
  })
})

describe('a statement that fails', () => {
  it('because of one element fails for that element alone', async () => {
    const { gather } = gathering({ poison: 'p' })
    const values = ['a', 'b', 'p', 'c', 'd', 'e']
    const settled = await Promise.allSettled(values.map((value) => gather(element(value))))
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
    const { gather, statements } = gathering({ conflictAbove: 2 })
    const values = ['a', 'b', 'c', 'd']
    expect(await Promise.all(values.map((value) => gather(element(value))))).toEqual([
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
    const { gather, statements } = gathering({ lost: 'l' })
    const values = ['a', 'b', 'l']
    const settled = await Promise.allSettled(values.map((value) => gather(element(value))))
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await gather(element('c'))).toBe('C')
    expect(statements).toEqual([['a', 'b', 'l'], ['c']])
  })

  it('by answering for too few rejects those without an answer', async () => {
    const { gather } = gathering({ answersMax: 1 })
    const settled = await Promise.allSettled(['a', 'b', 'c'].map((value) => gather(element(value))))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  })
})

/** A gatherer over a database of the test's own making, and what it was sent. */
function gathering({
  stuck,
  poison,
  lost,
  answersMax = Infinity,
  uncommon = [],
  conflictAbove = Infinity,
  ...limits
}: {
  elementsMax?: number
  bytesMax?: number
  statementsAtOnce?: number
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
  const gather = createGatherer<Element, string>({
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
  return { gather, statements, release: () => release() }
}

/** As the driver reports what the server said. */
function databaseError(code: string): Error {
  return Object.assign(new Error('refused'), { severity: 'ERROR', code })
}
