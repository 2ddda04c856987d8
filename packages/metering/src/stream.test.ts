import type { BillingCustomer, ReceiptChunk } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { BilledCall, RunningOperation } from './metering.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture({ policy: { watermark: { credits: 10, ms: 60_000 } } })
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

type Words = string | ReceiptChunk

function textCall(customer: BillingCustomer, overrides: Partial<BilledCall> = {}): BilledCall {
  return imageCall(customer, {
    procedure: 'text.summarize',
    charges: [{ meter: 'ai_tokens', hold: 100 }],
    settle: 'reported',
    ...overrides,
  })
}

async function tokens(customer: BillingCustomer) {
  const balances = await fixture.metering.balances(customer)
  return balances.find(({ meter }) => meter === 'ai_tokens')
}

/** Yields words that cost ten tokens each. */
async function* words({ report }: RunningOperation, count: number) {
  for (let word = 1; word <= count; word += 1) {
    report(word * 10)
    yield `word ${word}`
  }
}

async function read(chunks: AsyncIterable<Words>, limit = Infinity): Promise<Words[]> {
  const seen: Words[] = []
  for await (const chunk of chunks) {
    seen.push(chunk)
    if (seen.length >= limit) break
  }
  return seen
}

async function readAny(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _chunk of chunks);
}

describe('a billed stream', () => {
  it('hands chunks on as they come and the receipt last', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(textCall(customer), (operation) =>
      words(operation, 3),
    )
    expect(await read(chunks)).toMatchObject([
      'word 1',
      'word 2',
      'word 3',
      {
        type: 'receipt',
        receipt: { charges: [{ meter: 'ai_tokens', amount: 30 }], replayed: false },
      },
    ])
    expect(await tokens(customer)).toMatchObject({ used: 30, held: 0 })
  })

  it('charges what was handed on when the reader goes away', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(textCall(customer), (operation) =>
      words(operation, 9),
    )
    await read(chunks, 2)
    expect(await tokens(customer)).toMatchObject({ used: 20, held: 0 })
  })

  it('charges what was handed on when the work fails midway, and hands the error on', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(textCall(customer), async function* (operation) {
      yield* words(operation, 2)
      throw new RangeError('out of ink')
    })
    await expect(read(chunks)).rejects.toThrow(new RangeError('out of ink'))
    expect(await tokens(customer)).toMatchObject({ used: 20, held: 0 })
  })

  it('costs nothing when the work fails before the first chunk', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(textCall(customer), async function* ({ signal }) {
      if (!signal.aborted) throw new RangeError('no ink')
      yield 'never'
    })
    await expect(read(chunks)).rejects.toThrow(new RangeError('no ink'))
    expect(await tokens(customer)).toMatchObject({ used: 0, held: 0 })
  })

  it('costs nothing when the reader left before the first chunk and the work ends by itself', async () => {
    const customer = newCustomer()
    const reader = new AbortController()
    const { chunks } = await fixture.metering.run(
      textCall(customer, { signal: reader.signal }),
      async function* (operation) {
        reader.abort()
        if (!operation.signal.aborted) yield* words(operation, 3)
      },
    )
    expect(await read(chunks)).toEqual([])
    expect(await tokens(customer)).toMatchObject({ used: 0, held: 0 })
  })

  it('is no whole answer when the reader left midway and the work ends by itself', async () => {
    const customer = newCustomer()
    const reader = new AbortController()
    const { chunks } = await fixture.metering.run(
      textCall(customer, { signal: reader.signal }),
      async function* (operation) {
        yield* words(operation, 2)
        reader.abort()
        if (!operation.signal.aborted) yield* words(operation, 3)
      },
    )
    expect((await read(chunks)).at(-1)).toMatchObject({
      receipt: { charges: [{ amount: 20 }], complete: false },
    })
    expect(await tokens(customer)).toMatchObject({ used: 20, held: 0 })
  })

  it('grows its hold with what it uses', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(textCall(customer), (operation) =>
      words(operation, 25),
    )
    await read(chunks)
    expect(await tokens(customer)).toMatchObject({ used: 250, held: 0 })
  })

  it('stops cleanly when the funds end, with a receipt that says so', async () => {
    const customer = newCustomer()
    const charges = [{ meter: 'ai_tokens' as const, hold: 4980 }]
    await fixture.metering.run(textCall(customer, { charges, settle: 'hold' }), async () => 1)
    const short = textCall(customer, { charges: [{ meter: 'ai_tokens', hold: 10 }] })
    const { chunks } = await fixture.metering.run(short, (operation) => words(operation, 5))
    expect(await read(chunks)).toMatchObject([
      'word 1',
      'word 2',
      { receipt: { charges: [{ meter: 'ai_tokens', amount: 20 }], complete: false } },
    ])
    expect(await tokens(customer)).toMatchObject({ used: 5000, remaining: 0, held: 0 })
  })

  it('is replayed from what was stored', async () => {
    const customer = newCustomer()
    const call = textCall(customer)
    const first = await fixture.metering.run(call, (operation) => words(operation, 2))
    await read(first.chunks)
    const second = await fixture.metering.run<AsyncIterable<string>>(call, () => {
      throw new Error('ran again')
    })
    expect(second.replayed).toBe(true)
    expect(await read(second.chunks)).toMatchObject([
      'word 1',
      'word 2',
      { receipt: { replayed: true } },
    ])
    expect(await tokens(customer)).toMatchObject({ used: 20 })
  })

  it('is charged what had arrived when its process dies', async () => {
    const customer = newCustomer()
    const call = textCall(customer)
    const { chunks } = await fixture.metering.run(call, (operation) => words(operation, 9))
    const reader = chunks[Symbol.asyncIterator]()
    for (const _chunk of [1, 2, 3, 4]) await reader.next()
    await fixture.advance(36_000)
    await fixture.metering.sweep()
    expect(await tokens(customer)).toMatchObject({ used: 30, held: 0 })
    await expect(reader.next()).rejects.toMatchObject({ code: 'hold_expired' })
    expect(await kindOf(fixture.metering.run(call, (operation) => words(operation, 1)))).toBe(
      'result_gone',
    )
    expect(await tokens(customer)).toMatchObject({ used: 30, held: 0 })
  })

  it('releases its hold when its reader never starts', async () => {
    const customer = newCustomer()
    const gone = new AbortController()
    await fixture.metering.run(textCall(customer, { signal: gone.signal }), (operation) =>
      words(operation, 1),
    )
    gone.abort()
    await expect.poll(async () => (await tokens(customer))?.held).toBe(0)
  })

  it('gives its hold back when its reader had left before the work began', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(
      textCall(customer, { signal: AbortSignal.abort() }),
      (operation) => words(operation, 1),
    )
    expect(chunks).toBeDefined()
    await expect.poll(async () => (await tokens(customer))?.held).toBe(0)
  })

  it('charges what was handed on, and ends cleanly, when its work throws because its time is up', async () => {
    const readUntil = async (deadlineMs: number) => {
      let isInTime = false
      const { chunks } = await fixture.metering.run(
        textCall(newCustomer(), { deadlineMs }),
        async function* (operation) {
          yield* words(operation, 2)
          const { signal } = operation
          isInTime = !signal.aborted
          signal.throwIfAborted()
          await new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
          })
        },
      )
      const seen = await read(chunks).catch((error: unknown) => error)
      return isInTime ? seen : null
    }
    let seen: unknown = null
    // Two words may take longer on a busy machine.
    for (let deadlineMs = 250; seen === null; deadlineMs *= 2) seen = await readUntil(deadlineMs)
    expect(seen).toMatchObject([
      'word 1',
      'word 2',
      { receipt: { charges: [{ amount: 20 }], complete: false } },
    ])
  })

  it('is DEADLINE_EXCEEDED and free when its time is up before the first chunk', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(
      textCall(customer, { deadlineMs: 20 }),
      async function* () {
        await new Promise(() => {})
        yield 'never'
      },
    )
    expect(await kindOf(read(chunks))).toBe('DEADLINE_EXCEEDED')
    expect(await tokens(customer)).toMatchObject({ used: 0, held: 0 })
  })

  it('is charged to the credit whatever its reader had in hand when a chunk is no JSON', async () => {
    const customer = newCustomer()
    const { chunks } = await fixture.metering.run(textCall(customer), async function* (operation) {
      yield* words(operation, 1)
      operation.report(20)
      yield new Map()
    })
    expect(await kindOf(readAny(chunks))).toBe('RESULT_NOT_JSON')
    expect(await tokens(customer)).toMatchObject({ used: 10, held: 0 })
  })

  it('ends the operation of a stream that is not read further', async () => {
    const customer = newCustomer()
    let ended = false
    const { chunks } = await fixture.metering.run(textCall(customer), async function* (operation) {
      try {
        yield* words(operation, 9)
      } finally {
        ended = true
      }
    })
    await read(chunks, 1)
    expect(ended).toBe(true)
  })
})
