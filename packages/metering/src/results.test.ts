import { customerId, type CustomerId, operationId, type PaidResult } from '@tollgate/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'

const HOUR_MS = 3_600_000

let fixture: MeteringFixture
beforeAll(async () => {
  fixture = await createMeteringFixture()
})
afterAll(async () => {
  await expectInvariants(fixture.database)
  await fixture.drop()
})

describe('the results of a customer', () => {
  it('are what was paid for, newest first, of one procedure or of all, and never of another customer', async () => {
    const { metering } = fixture
    const customer = newCustomer()
    await metering.run(imageCall(customer), async () => ({ prompt: 'a fox' }))
    await metering.run(
      imageCall(customer, {
        procedure: 'tools.qrCode',
        charges: [{ meter: 'api_calls', hold: 2 }],
      }),
      async () => ({ svg: '<svg/>' }),
    )
    await kindOf(metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))))
    await metering.run(imageCall(customer), async () => ({ prompt: 'a harbour' }))
    const { customerId: id } = customer
    expect((await metering.results([id], { limit: 10 })).items).toMatchObject([
      { output: { prompt: 'a harbour' }, charges: [{ meter: 'image_generations', amount: 1 }] },
      { output: { svg: '<svg/>' }, charges: [{ meter: 'api_calls', amount: 2 }], complete: true },
      { output: { prompt: 'a fox' }, procedure: 'images.generate' },
    ])
    expect(
      (await metering.results([id], { limit: 10, procedure: 'tools.qrCode' })).items,
    ).toHaveLength(1)
    expect(await metering.results([newCustomer().customerId], { limit: 10 })).toEqual({
      items: [],
      nextCursor: null,
    })
  })

  it('say how long they are kept, and are gone after that', async () => {
    const { metering, advance } = fixture
    const customer = newCustomer()
    await metering.run(imageCall(customer), async () => 'a fox')
    const list = () => metering.results([customer.customerId], { limit: 10 })
    const [kept] = (await list()).items
    expect(Date.parse(kept?.keptUntil ?? '') - Date.parse(kept?.endedAt ?? '')).toBe(72 * HOUR_MS)
    await advance(71 * HOUR_MS)
    expect((await list()).items).toHaveLength(1)
    await advance(2 * HOUR_MS)
    expect(await list()).toEqual({ items: [], nextCursor: null })
  })

  it('have what came to the same result and was charged once in them once, as long as any of it is kept', async () => {
    const { metering, advance } = fixture
    const customer = newCustomer()
    const draw = () =>
      metering.run(imageCall(customer, { resultId: () => 'the same card' }), async () => 'a card')
    const list = async () => (await metering.results([customer.customerId], { limit: 10 })).items
    const { receipt } = await draw()
    await advance(HOUR_MS)
    const again = await draw()
    expect(await list()).toMatchObject([{ operationId: receipt.operationId }])
    await advance(71.5 * HOUR_MS)
    expect(await list()).toMatchObject([
      { operationId: again.receipt.operationId, output: 'a card', charges: [] },
    ])
  })

  it('of a stream that was left are the chunks that were delivered, and say that it ended early', async () => {
    const { metering } = fixture
    const customer = newCustomer()
    const call = imageCall(customer, { procedure: 'text.summarize' })
    const { chunks } = await metering.run(call, async function* () {
      yield 'The toll'
      yield ' road'
    })
    for await (const chunk of chunks) if (chunk === 'The toll') break
    expect((await metering.results([customer.customerId], { limit: 10 })).items).toMatchObject([
      { output: ['The toll'], complete: false },
    ])
  })

  it('come page by page, each once, in one order, from every customer of one person', async () => {
    const { metering } = fixture
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.nat(2), fails: fc.boolean(), qr: fc.boolean() }), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (calls, limit, onlyQr) => {
          const customers = [newCustomer(), newCustomer(), newCustomer()] as const
          const made: number[] = []
          for (const [index, { who, fails, qr }] of calls.entries()) {
            const call = imageCall(customers[who] ?? customers[0], {
              procedure: qr ? 'tools.qrCode' : 'images.generate',
            })
            await kindOf(
              metering.run(call, () =>
                fails ? Promise.reject(new Error('no paint')) : Promise.resolve(index),
              ),
            )
            if (!fails && (qr || !onlyQr)) made.unshift(index)
          }
          const ids = customers.map((customer) => customer.customerId)
          const listed = await readAll(ids, limit, onlyQr ? 'tools.qrCode' : undefined)
          expect(listed.map(({ output }) => output)).toEqual(made)
        },
      ),
      { numRuns: 15 },
    )
  }, 120_000)
})

describe('the receipt of an operation', () => {
  it('has its hold, its settlement, the balance after it and its result', async () => {
    const { metering } = fixture
    const customer = newCustomer()
    const call = imageCall(customer, {
      charges: [{ meter: 'image_generations', hold: 3 }],
      settle: 'reported',
    })
    let running: unknown
    const { receipt } = await metering.run(call, async (operation) => {
      operation.report(2)
      running = await read(customer.customerId, operation.operationId)
      return 'a fox'
    })
    expect(running).toMatchObject({ state: 'executing', endedAt: null, result: null })
    const settled = await read(customer.customerId, receipt.operationId)
    expect(settled).toMatchObject({
      state: 'settled',
      procedure: 'images.generate',
      charges: [{ meter: 'image_generations', held: 3, charged: 2, balanceAfter: 8 }],
      chargedBy: null,
      result: { output: 'a fox', complete: true },
    })
    expect(settled?.endedAt).toBe(receipt.at)
    expect(Date.parse(settled?.heldAt ?? '')).toBeLessThanOrEqual(Date.parse(receipt.at))
    expect(await read(newCustomer().customerId, receipt.operationId)).toBeNull()
  })

  it('stays when its result is past its keeping time', async () => {
    const { metering, advance } = fixture
    const customer = newCustomer()
    const { receipt } = await metering.run(imageCall(customer), async () => 'a fox')
    await advance(73 * HOUR_MS)
    expect(await read(customer.customerId, receipt.operationId)).toMatchObject({
      state: 'settled',
      result: null,
    })
  })
})

describe('the list of results', () => {
  it('reads no more of the table than a page needs, however much the customer and others have done', async () => {
    const { database, metering } = fixture
    const customer = newCustomer()
    await metering.run(imageCall(customer), async () => 'a fox')
    const few = await blocksOf(customer.customerId)
    await addOperations(customer.customerId, 20_000)
    await addOperations(customerId('c_other'), 20_000)
    await database.query({ text: 'analyze metering.operation' })
    // A page scans a thousand of this customer's operations; all forty thousand take many times more blocks.
    expect((await blocksOf(customer.customerId)) - few).toBeLessThan(2500)
    const listed = await readAll([customer.customerId], 5, 'images.generate')
    expect(listed.map(({ output }) => output)).toEqual(['a fox'])
  })

  it('has no empty page before one with a result, when thousands of calls of another procedure came after it', async () => {
    const { metering } = fixture
    const customer = newCustomer()
    await metering.run(imageCall(customer), async () => 'a fox')
    await addOperations(customer.customerId, 5000)
    const page = await metering.results([customer.customerId], {
      limit: 5,
      procedure: 'images.generate',
    })
    expect(page.items.map(({ output }) => output)).toEqual(['a fox'])
  })
})

async function readAll(
  ids: readonly CustomerId[],
  limit: number,
  procedure?: string,
): Promise<PaidResult[]> {
  const items: PaidResult[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof fixture.metering.results>> =
      await fixture.metering.results(ids, {
        limit,
        ...(procedure ? { procedure } : {}),
        ...(cursor === null ? {} : { cursor }),
      })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

function read(customer: CustomerId, id: string) {
  return fixture.metering.receipt(customer, { operationId: operationId(id), codec: null })
}

/** How many blocks one page with five results of a rare procedure touches. */
async function blocksOf(customer: CustomerId): Promise<number> {
  const lines = await fixture.database.query<{ 'QUERY PLAN': string }>({
    text: `explain (analyze, buffers, costs off, timing off)
      select metering.list_results(0::smallint, '${customer}', 'images.generate', 6, null, null, 259200000, 1000)`,
  })
  const text = lines.map((line) => line['QUERY PLAN']).join('\n')
  const counts = /Buffers: shared([^\n]*)/.exec(text)?.[1] ?? ''
  return [...counts.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0)
}

/** Settled operations of another procedure, newer than the existing ones and with results that are still stored. */
async function addOperations(customer: CustomerId, count: number): Promise<void> {
  // A trigger requires operations to start as executing.
  await fixture.database.query({
    text: `alter table metering.operation disable trigger user;
      insert into metering.operation (bucket, operation_id, key, fingerprint, lease_until, deadline_at, created_at,
        started_at, ended_at, result_expires_at, held, charged, fence, attempt, state, customer_id, meter, procedure, result)
      select 0, x.id, x.id, x.id, x.at, x.at, x.at, x.at, x.at, x.at + interval '72 hours', 1, 0, 1, 1, 'settled', '${customer}',
        'api_calls', 'tools.other', '{"output":1}'
      from (
        select gen_random_uuid() as id, metering.clock() + n * interval '1 millisecond' as at
        from generate_series(1, ${count}) n) x;
      alter table metering.operation enable trigger user;`,
  })
}
