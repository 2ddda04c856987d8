import { initTRPC, TRPCError } from '@trpc/server'
import { isAsyncIterable } from '@trpc/server/unstable-core-do-not-import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectBooksRight } from './fixtures/expect-books-right.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  newKey,
} from './fixtures/metering-fixture.ts'
import type { RunningOperation } from './metering.ts'
import { MeteringError } from './metering-error.ts'
import {
  type BilledTrpcAnswer,
  billingErrorOf,
  readOperationKey,
  runBilledTrpc,
  toTrpcError,
} from './trpc.ts'

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectBooksRight(fixture.database)
  await fixture.drop()
})

type Context = { call: ReturnType<typeof imageCall>; answers: BilledTrpcAnswer[] }
const t = initTRPC.context<Context>().create()
const billed = t.procedure.use(({ ctx, next }) =>
  runBilledTrpc({
    metering: fixture.metering,
    call: { ...ctx.call, collect: false },
    next: (operation) => next({ ctx: { operation } }),
    onAnswer: (answer) => ctx.answers.push(answer),
  }),
)
let runs = 0
const router = t.router({
  draw: billed.mutation(() => {
    runs += 1
    return { picture: 'a fox' }
  }),
  fail: billed.mutation(() => {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'no paint' })
  }),
  wait: billed.mutation(({ ctx }) => {
    const { operation } = ctx as unknown as { operation: RunningOperation }
    return new Promise((_resolve, reject) => {
      operation.signal.addEventListener('abort', () => reject(new Error('given up')))
    })
  }),
  tell: billed.mutation(async function* ({ ctx }) {
    const { operation } = ctx as unknown as { operation: RunningOperation }
    operation.report(1)
    yield 'one'
    operation.report(2)
    yield 'two'
  }),
})
const createCaller = t.createCallerFactory(router)

function begin(said: Parameters<typeof imageCall>[1] = {}) {
  const context: Context = { call: imageCall(newCustomer(), said), answers: [] }
  const remaining = async () =>
    (await fixture.metering.balances(context.call.customer)).find(
      ({ meter }) => meter === 'image_generations',
    )?.remaining
  return { context, caller: createCaller(context), remaining }
}

async function collect(data: unknown): Promise<unknown[]> {
  const chunks: unknown[] = []
  if (isAsyncIterable(data)) for await (const chunk of data) chunks.push(chunk)
  return chunks
}

describe('a billed tRPC procedure', () => {
  it('charges once and answers with what it cost', async () => {
    const { caller, context, remaining } = begin()
    expect(await caller.draw()).toEqual({ picture: 'a fox' })
    expect(context.answers).toMatchObject([
      { replayed: false, receipt: { charges: [{ amount: 1 }] } },
    ])
    expect(await remaining()).toBe(9)
  })

  it('charges nothing when the resolver throws, although next() does not', async () => {
    const { caller, remaining } = begin()
    await expect(caller.fail()).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await remaining()).toBe(10)
  })

  it('replays without running the resolver', async () => {
    const { caller, context, remaining } = begin()
    await caller.draw()
    const before = runs
    expect(await caller.draw()).toEqual({ picture: 'a fox' })
    expect(runs).toBe(before)
    expect(context.answers[1]).toMatchObject({ replayed: true })
    expect(await remaining()).toBe(9)
  })

  it('settles a generator when it ends, not when next() returns', async () => {
    const said = {
      charges: [{ meter: 'image_generations' as const, hold: 5 }],
      settle: 'reported' as const,
    }
    const { caller, remaining } = begin(said)
    const stream = await caller.tell()
    expect(await remaining()).toBe(5)
    expect(await collect(stream)).toMatchObject(['one', 'two', { type: 'receipt' }])
    expect(await remaining()).toBe(8)
    expect(await collect(await caller.tell())).toMatchObject([
      'one',
      'two',
      { receipt: { replayed: true } },
    ])
  })

  it('says 504 when the work was not done by its deadline, and charges nothing', async () => {
    const { caller, remaining } = begin({ deadlineMs: 20 })
    await expect(caller.wait()).rejects.toMatchObject({
      code: 'GATEWAY_TIMEOUT',
      message: 'images.generate did not end within 20 ms.',
    })
    expect(await remaining()).toBe(10)
  })

  it('says why with the right code and a typed body', async () => {
    const { caller } = begin({ charges: [{ meter: 'image_generations', hold: 11 }] })
    const error: unknown = await caller.draw().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'PAYMENT_REQUIRED' })
    expect(billingErrorOf(error)).toMatchObject({ kind: 'exhausted', required: 11 })
  })
})

describe('readOperationKey', () => {
  const key = newKey()

  it.each([
    [{ 'Idempotency-Key': key }, 0],
    [{ 'Idempotency-Key': `${newKey()}, ${key}` }, 1],
    [{ 'Idempotency-Key': key, 'X-Request-Id': newKey() }, 0],
  ])('reads %j at %d', (headers, index) => {
    expect(readOperationKey(new Headers(headers), index)).toBe(key)
  })

  it('takes X-Request-Id only where the installation says so, and after Idempotency-Key', () => {
    const requestId = new Headers({ 'X-Request-Id': key })
    expect(() => readOperationKey(requestId, 0)).toThrow(
      expect.objectContaining({ code: 'key_missing' }),
    )
    expect(readOperationKey(requestId, 0, { acceptRequestId: true })).toBe(key)
    const both = new Headers({ 'Idempotency-Key': key, 'X-Request-Id': newKey() })
    expect(readOperationKey(both, 0, { acceptRequestId: true })).toBe(key)
  })

  it.each([
    [{}, 0, 'key_missing'],
    [{ 'Idempotency-Key': key }, 1, 'key_missing'],
    [{ 'Idempotency-Key': 'short' }, 0, 'key_invalid'],
    [{ 'Idempotency-Key': 'x'.repeat(65) }, 0, 'key_invalid'],
  ])('refuses %j at %d as %s', (headers, index, code) => {
    expect(() => readOperationKey(new Headers(headers), index)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('toTrpcError', () => {
  it('hides what is only for the operator', () => {
    const error = toTrpcError(new MeteringError({ code: 'COST_INVALID', message: 'mend it' }))
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(billingErrorOf(error)).toBeNull()
  })
})
