import { catalog } from '@tollgate/contract/catalog'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBackend } from '../../conformance/model/list-backend.ts'
import { type AssembledMetering, assembleMetering } from '../assemble-metering.ts'
import { findDrift } from '../drift/find-drift.ts'
import { expectInvariants } from '../fixtures/expect-invariants.ts'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
  newKey,
  SECRET,
} from '../fixtures/metering-fixture.ts'
import { createChargeReader } from '../store/create-charge-reader.ts'

const DAY_MS = 86_400_000
const KEPT_DAYS = 400

let fixture: MeteringFixture
let assembled: AssembledMetering
beforeAll(async () => {
  fixture = await createMeteringFixture()
  assembled = assembleMetering({
    database: fixture.database,
    backend: fixture.backend,
    catalog,
    secret: SECRET,
  })
})
afterAll(() => fixture.drop())

/** Does what a server's sweeper does within an hour. */
async function age(): Promise<number> {
  await assembled.sweeper.sweepOnce()
  await assembled.sweeper.purgeOnce()
  let rows = 0
  let step
  do {
    step = await assembled.sweeper.ageOnce()
    rows += step.rows
  } while (!step.isRoundOver)
  return rows
}

const count = async (table: string, customerId: string) => {
  const [row] = await fixture.database.query<{ count: number }>({
    text: `select count(*)::integer as count from metering.${table} where customer_id = $1`,
    values: [customerId],
  })
  return row?.count
}

const countCosts = async (operationId: string) => {
  const rows = await fixture.database.query({
    text: 'select 1 from metering.provider_cost where operation_id = $1',
    values: [operationId],
  })
  return rows.length
}

describe('an operation that has aged out', () => {
  it('is listed no more after 400 days, and its key is still never free', async () => {
    const { metering, relay } = assembled
    const customer = newCustomer()
    const call = imageCall(customer)
    const { operationId } = (await metering.run(call, async () => 'the first')).receipt
    await relay.drain()
    await fixture.advance((KEPT_DAYS - 1) * DAY_MS)
    await age()
    expect((await metering.activity(customer.customerId, { limit: 10 })).items).toHaveLength(1)
    await fixture.advance(2 * DAY_MS)
    expect(await age()).toBeGreaterThan(0)
    expect((await metering.activity(customer.customerId, { limit: 10 })).items).toEqual([])
    await metering.sync(customer)
    for (const again of [call, { ...call, input: { prompt: 'another' } }]) {
      const refused = metering.run(again, async () => 'work for nothing')
      await expect(refused).rejects.toMatchObject({ billing: { kind: 'result_gone', operationId } })
    }
    // Both alone in its statement and in a batch with others.
    const others = [imageCall(customer), call, imageCall(customer)]
    const outcomes = await Promise.allSettled(others.map((one) => metering.run(one, async () => 1)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await relay.drain()
    await expectInvariants(fixture.database)
  })

  it('is kept while its usage event has not been delivered', async () => {
    const customer = newCustomer()
    const answer = assembled.metering.run(imageCall(customer), async ({ reportCost }) => {
      reportCost({ provider: 'openai', costMicros: 4000 })
      return 1
    })
    const { operationId } = (await answer).receipt
    await fixture.advance((KEPT_DAYS + 1) * DAY_MS)
    await age()
    expect(await count('operation', customer.customerId)).toBe(1)
    expect(await countCosts(operationId)).toBe(1)
    await assembled.relay.drain()
    await age()
    expect(await count('operation', customer.customerId)).toBe(0)
    expect(await countCosts(operationId)).toBe(0)
  })

  it('leaves what it was charged for charged: another that comes to the same result is free', async () => {
    const { metering, relay } = assembled
    const customer = newCustomer()
    const call = () => imageCall(customer, { procedure: 'films.import', resultId: String })
    const first = await metering.run(call(), async () => 'a fox')
    await relay.drain()
    await fixture.advance((KEPT_DAYS + 1) * DAY_MS)
    await age()
    const second = await metering.run(call(), async () => 'a fox')
    expect(first.receipt.charges).toMatchObject([{ amount: 1 }])
    expect(second.receipt).toMatchObject({ chargedBy: first.receipt.operationId })
    await expectInvariants(fixture.database)
  })

  it('is not drift, though the backend has its event still', async () => {
    const { metering, relay } = assembled
    const customer = newCustomer()
    await metering.run(imageCall(customer), async () => 1)
    await relay.drain()
    await fixture.advance((KEPT_DAYS + 1) * DAY_MS)
    await age()
    await metering.run(imageCall(customer), async () => 1)
    await relay.drain()
    const sides = {
      metering: createChargeReader({ database: fixture.database, secret: SECRET }),
      backend: listBackend(fixture),
    }
    const used = [...fixture.backend.events.values()]
    expect(used.filter(({ customerId }) => customerId === customer.customerId)).toHaveLength(2)
    const drifted = []
    for await (const event of findDrift(sides, { from: 0, until: 10 * Date.now() })) {
      if (event.customerId === customer.customerId) drifted.push(event)
    }
    expect(drifted).toEqual([])
  })

  it('cannot be deleted by hand before it has', async () => {
    const customer = newCustomer()
    await assembled.metering.run(imageCall(customer), async () => 1)
    const remove = () =>
      fixture.database.query({
        text: 'delete from metering.operation where customer_id = $1',
        values: [customer.customerId],
      })
    await expect(remove()).rejects.toMatchObject({ constraint: 'operation_kept' })
    await assembled.relay.drain()
    await fixture.advance((KEPT_DAYS + 1) * DAY_MS)
    await assembled.sweeper.purgeOnce()
    await expect(remove()).rejects.toMatchObject({ constraint: 'operation_kept' })
  })

  it('never changes a balance, frees a key or breaks an invariant, whatever was done before', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('call' as const), key: fc.nat(3), fails: fc.boolean() }),
      fc.record({ do: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 450 }) }),
      fc.record({ do: fc.constant('deliver' as const) }),
      fc.record({ do: fc.constant('age' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const customer = newCustomer()
        const keys = [newKey(), newKey(), newKey(), newKey()]
        const worked = new Map<number, number>()
        const balances: Compared[] = []
        for (const one of steps) {
          if (one.do === 'pass') await fixture.advance(one.days * DAY_MS)
          if (one.do === 'deliver') await assembled.relay.drain()
          if (one.do === 'age') balances.push(await ageAndCompare(customer.customerId))
          if (one.do !== 'call') continue
          await assembled.metering
            .run(imageCall(customer, { key: keys[one.key] ?? newKey() }), async () => {
              if (one.fails) throw new Error('no paint')
              worked.set(one.key, (worked.get(one.key) ?? 0) + 1)
              return 1
            })
            .catch(() => {})
        }
        for (const { before, after } of balances) expect(after).toEqual(before)
        for (const times of worked.values()) expect(times).toBe(1)
        await assembled.relay.drain()
        await age()
        await expectInvariants(fixture.database)
        const spent = [...fixture.backend.events.values()].filter(
          (event) => event.customerId === customer.customerId,
        )
        expect(spent).toHaveLength(worked.size)
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})

describe('a step', () => {
  it('reads what it deletes and no more, however much there is of this customer and others', async () => {
    const [few, many] = [newCustomer().customerId, newCustomer().customerId]
    await addCustomers([few, many])
    await addOperations(few, { count: 400, daysAgo: 401 })
    const alone = await blocksOfStep(few)
    await addOperations(few, { count: 400, daysAgo: 401 })
    await addOperations(few, { count: 20_000, daysAgo: 1 })
    await addOperations(many, { count: 20_000, daysAgo: 401 })
    await fixture.database.query({ text: 'analyze metering.operation' })
    const amongMany = await blocksOfStep(few)
    expect(alone.aged).toBe(400)
    expect(amongMany.aged).toBe(400)
    expect(amongMany.blocks / alone.blocks).toBeLessThan(2)
  })
})

/** The cost of a step that visits one customer, with the plan made while the tables were empty. */
async function blocksOfStep(customerId: string): Promise<{ aged: number; blocks: number }> {
  const before = await count('operation', customerId)
  const lines = await fixture.database.query<{ 'QUERY PLAN': string }>({
    text: `explain (analyze, buffers, costs off, timing off) select metering.age_operations(0::smallint,
      left('${customerId}', -1), 1, 400, ${KEPT_DAYS * DAY_MS})`,
  })
  const text = lines.map((line) => line['QUERY PLAN']).join('\n')
  const shared = /Buffers: shared([^\n]*)/.exec(text)?.[1] ?? ''
  const counts = [...shared.matchAll(/(?:hit|read)=(\d+)/g)].map(([, blocks]) => Number(blocks))
  const after = await count('operation', customerId)
  return { aged: (before ?? 0) - (after ?? 0), blocks: counts.reduce((sum, n) => sum + n, 0) }
}

async function addCustomers(ids: readonly string[]): Promise<void> {
  await fixture.database.query({
    text: `insert into metering.customer (bucket, customer_id, name, email)
      select 0, id, 'Ada', 'ada@example.com' from unnest($1::text[]) id`,
    values: [ids],
  })
}

/** Settled operations without stored results. */
async function addOperations(
  customerId: string,
  { count: rows, daysAgo }: { count: number; daysAgo: number },
): Promise<void> {
  // A trigger requires operations to start as executing.
  await fixture.database.query({
    text: `alter table metering.operation disable trigger user;
      insert into metering.operation (bucket, operation_id, key, fingerprint, lease_until, deadline_at, created_at,
        started_at, ended_at, held, charged, fence, attempt, state, customer_id, meter, procedure)
      select 0, x.id, gen_random_uuid(), x.id, x.at, x.at, x.at, x.at, x.at, 1, 1, 1, 1, 'settled', '${customerId}',
        'api_calls', 'tools.other'
      from (
        select gen_random_uuid() as id,
          metering.clock() - interval '${daysAgo} days' - n * interval '1 millisecond' as at
        from generate_series(1, ${rows}) n) x;
      alter table metering.operation enable trigger user;`,
  })
}

type Compared = Record<'before' | 'after', Awaited<ReturnType<typeof accounts>>>

async function ageAndCompare(customerId: string): Promise<Compared> {
  const before = await accounts(customerId)
  await age()
  return { before, after: await accounts(customerId) }
}

async function accounts(customerId: string) {
  return fixture.database.query({
    text: `select meter, synced_balance, unsynced, held, version from metering.account
           where customer_id = $1 order by meter`,
    values: [customerId],
  })
}
