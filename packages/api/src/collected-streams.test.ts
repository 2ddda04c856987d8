import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from './billed-procedure.ts'
import {
  type ApiFixture,
  createApiFixture,
  dataOf,
  errorOf,
  newCustomer,
} from './fixtures/api-fixture.ts'
import { router } from './trpc.ts'

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

const price = {
  meter: 'image_generations',
  amount: { hold: 2, settle: 'reported' },
  example: { pieces: 1 },
} as const
const asked = z.object({ pieces: z.number(), each: z.number().default(1) })
const DEADLINE_MS = 1000
/** Called by work that has yielded all the pieces it will before its deadline. */
let handedOn = () => {}
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

const streams = router({
  grows: billedProcedure(price)
    .input(asked)
    .mutation(async function* ({ input, operation }) {
      for (let piece = 1; piece <= input.pieces; piece += 1) {
        operation.report(piece * input.each)
        yield { piece }
      }
    }),
  endsAtItsDeadline: billedProcedure({ ...price, deadlineMs: DEADLINE_MS })
    .input(asked)
    .mutation(async function* ({ input, signal, operation }) {
      for (let piece = 1; piece <= input.pieces; piece += 1) {
        operation.report(piece)
        yield { piece }
      }
      const ends = aborted(signal)
      handedOn()
      await ends
    }),
  neverEnds: billedProcedure({ ...price, deadlineMs: DEADLINE_MS })
    .input(asked)
    .mutation(async function* ({ input, operation }) {
      for (let piece = 1; piece <= input.pieces; piece += 1) {
        operation.report(piece)
        yield { piece }
      }
      handedOn()
      await new Promise(() => {})
    }),
  waits: billedProcedure(price)
    .input(asked)
    .mutation(async function* ({ signal, operation }) {
      operation.report(1)
      yield { piece: 1 }
      await aborted(signal)
    }),
})

type Caller = 'plain' | 'streaming'

/** The outcome of one call, for both kinds of callers. */
async function call(path: string, input: unknown, caller: Caller, customer = newCustomer()) {
  const said = { customer, key: randomUUID() }
  const response =
    caller === 'plain'
      ? await api.post(path, input, said, streams)
      : await api.post(
          `${path}?batch=1`,
          { 0: input },
          { ...said, headers: { 'trpc-accept': 'application/jsonl' } },
          streams,
        )
  const text = await response.text()
  return {
    status: response.status,
    text,
    pieces: text.match(/"piece":\d+/g)?.length ?? 0,
    isShort: text.includes('"complete":false'),
    used: 10 - ((await api.remaining(customer, 'image_generations')) ?? 0),
    activity: (await api.metering.activity(customer.customerId, { limit: 1 })).items[0],
    held: (await api.metering.balances(customer)).map(({ held }) => held),
  }
}

describe.each<Caller>(['plain', 'streaming'])('a growing stream read by a %s caller', (caller) => {
  it('charges a stream for every piece, however much was held at first', async () => {
    expect(await call('grows', { pieces: 8 }, caller)).toMatchObject({
      status: 200,
      pieces: 8,
      isShort: false,
      used: 8,
    })
  })

  it('ends a stream when the credits end, and says so in its receipt', async () => {
    expect(await call('grows', { pieces: 1000 }, caller)).toMatchObject({
      status: 200,
      pieces: 10,
      isShort: true,
      used: 10,
    })
  })

  it('is refused as 402 when its first piece costs more than is left', async () => {
    const { text, pieces, used, activity } = await call('grows', { pieces: 3, each: 11 }, caller)
    expect(text).toContain('"kind":"insufficient_credits"')
    expect(text).toContain('"required":11')
    expect(text).toContain('"availableBalance":10')
    expect({ pieces, used, activity }).toMatchObject({
      pieces: 0,
      used: 0,
      activity: { status: 'released' },
    })
  })
})

it('answers 402 to a plain caller whose first piece costs more than is left', async () => {
  expect(await call('grows', { pieces: 3, each: 11 }, 'plain')).toMatchObject({ status: 402 })
})

describe('a stream past its own deadline', () => {
  // The deadline passes only after the pieces were yielded, however slow the machine is.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    handedOn = () => void vi.advanceTimersByTime(DEADLINE_MS)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each(['endsAtItsDeadline', 'neverEnds'])(
    'is 504 and free for a plain caller, who gets all of it or none (%s)',
    async (path) => {
      const { status, text, pieces, used, activity } = await call(path, { pieces: 4 }, 'plain')
      expect({ status, pieces, used, activity }).toMatchObject({
        status: 504,
        pieces: 0,
        used: 0,
        activity: { status: 'released' },
      })
      expect(text).toContain('did not end within 1000 ms')
    },
  )

  it.each(['endsAtItsDeadline', 'neverEnds'])(
    'costs a streaming caller what was delivered (%s)',
    async (path) => {
      const { status, isShort, used, pieces } = await call(path, { pieces: 4 }, 'streaming')
      expect({ status, isShort, used, pieces }).toEqual({
        status: 200,
        isShort: true,
        used: 4,
        pieces: 4,
      })
    },
  )
})

it('charges nothing for a stream whose plain caller hangs up before its end', async () => {
  const customer = newCustomer()
  const hangUp = new AbortController()
  const answer = api.post('waits', { pieces: 1 }, { customer, signal: hangUp.signal }, streams)
  await expect
    .poll(async () => {
      const balances = await api.metering.balances(customer)
      return balances.find(({ meter }) => meter === 'image_generations')?.held
    })
    .toBe(2)
  hangUp.abort()
  await answer.catch(() => null)
  await expect
    .poll(async () => (await api.metering.activity(customer.customerId, { limit: 1 })).items[0])
    .toMatchObject({ status: 'released', amount: 0 })
  expect(await api.remaining(customer, 'image_generations')).toBe(10)
})

it('replays a collected stream with its receipt', async () => {
  const said = { customer: newCustomer(), key: randomUUID() }
  const first = await dataOf(await api.post('grows', { pieces: 3 }, said, streams))
  const second = await api.post('grows', { pieces: 3 }, said, streams)
  expect(second.headers.get('Idempotency-Replayed')).toBe('true')
  expect(first).toHaveLength(4)
  expect(await dataOf(second)).toMatchObject([
    { piece: 1 },
    { piece: 2 },
    { piece: 3 },
    { type: 'receipt', receipt: { replayed: true, charges: [{ amount: 3 }] } },
  ])
})

it('says in an error how a stream was refused', async () => {
  const response = await api.post('grows', { pieces: 1, each: 11 }, {}, streams)
  expect(await errorOf(response)).toMatchObject({
    status: 402,
    billing: { kind: 'insufficient_credits', meter: 'image_generations', required: 11 },
  })
})
