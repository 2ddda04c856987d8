import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { catalog } from '@tollgate/contract/catalog'
import { createFakeBackend, type FakeBackend } from '@tollgate/testing/fake-backend'
import { killPostmaster } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetering } from '../src/create-metering.ts'
import { imageCall, newCustomer, SECRET } from '../src/fixtures/metering-fixture.ts'
import { kindOf } from '../src/fixtures/kind-of.ts'
import type { Metering } from '../src/metering.ts'
import { DEFAULT_POLICY } from '../src/policy.ts'
import { checkShards } from '../src/shards/check-shards.ts'
import { moveBucket } from '../src/shards/move-bucket.ts'
import { bucketOf } from '../src/store/metering-database.ts'
import { createChargeReader } from '../src/store/create-charge-reader.ts'
import { createAger } from '../src/sweep/create-ager.ts'
import { interruptStatement } from './interrupt-statement.ts'
import { startSelling } from './start-selling.ts'
import { startTwoDatabases, type TwoDatabases } from './start-two-databases.ts'

const BUCKETS = 8
/** The calls to wait for before and after a fault. */
const CALLS_AROUND = 50
const PATIENTLY = { timeout: 60_000, interval: 50 }
/** A move's queries for open transactions on its source since this transaction began. */
const LOOKS_OF_MOVE = {
  text: `select 1 from pg_stat_activity looking, pg_stat_activity open
    where looking.query like $1 and open.query like $2 and looking.query_start > open.xact_start`,
  values: ['%l.virtualtransaction as transaction%', '%metering.own_bucket(6::smallint)'],
}

let databases: TwoDatabases
let backend: FakeBackend
let metering: Metering
beforeAll(async () => {
  databases = await startTwoDatabases({ bucketCount: BUCKETS })
  backend = createFakeBackend({ welcome: { image_generations: 10, api_calls: 100 } })
  metering = createMetering({
    database: databases.proxy,
    backend,
    catalog,
    secret: SECRET,
    bucketCount: BUCKETS,
  })
  await metering.start()
})
afterAll(async () => {
  await metering?.stop()
  await databases?.stop()
})

describe('metering over two databases behind PL/Proxy', () => {
  it('spreads customers over both, and every function of it works', async () => {
    const customers = Array.from({ length: 24 }, () => newCustomer())
    for (const customer of customers) {
      const call = imageCall(customer)
      await metering.run(call, async () => 'a fox')
      // The stored result, without a second charge.
      const again = await metering.run(call, async () => 'another fox')
      expect(again.output).toBe('a fox')
      await kindOf(metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))))
      const dear = imageCall(customer, { charges: [{ meter: 'image_generations', hold: 99 }] })
      expect(await kindOf(metering.run(dear, async () => 1))).toBe('insufficient_credits')
      await metering.setSpendCap(customer, { meter: 'image_generations', cap: 5 })
      expect(await metering.spendCaps(customer.customerId)).toHaveLength(1)
      expect(await metering.operation(customer.customerId, call.key)).toMatchObject({
        state: 'settled',
      })
      await metering.activity(customer.customerId, { limit: 5 })
      await metering.ledger(customer.customerId, { limit: 5 })
      await metering.history(customer.customerId, { days: 2 })
    }
    await metering.sweep()
    await metering.drain()
    expect((await metering.backlog()).pending).toBe(0)
    expect([...backend.events.values()]).toHaveLength(customers.length)
    const counts = await operationsPerShard()
    expect(counts.every((count) => count > 0)).toBe(true)
    const reader = createChargeReader({ database: databases.proxy, secret: SECRET })
    const ids = await reader.customerIds({ after: '', limit: 100 })
    expect(ids.toSorted()).toEqual(customers.map(({ customerId }) => customerId).toSorted())
    expect(await checkShards(databases)).toEqual([])
  })

  it('notifies every listener of a change, whichever shard it was on', async () => {
    const other = createMetering({
      database: databases.proxy,
      backend,
      catalog,
      secret: SECRET,
      bucketCount: BUCKETS,
    })
    // Buckets on both shards.
    const customers = [newCustomerIn(0), newCustomerIn(1)]
    for (const customer of customers) {
      const seen: number[] = []
      const stop = other.onBalanceChange(customer.customerId, (updates) => {
        for (const { meter, remaining } of updates)
          if (meter === 'image_generations') seen.push(remaining)
      })
      await expect
        .poll(async () => {
          await kindOf(metering.run(imageCall(customer), async () => 1))
          return seen.length
        })
        .toBeGreaterThan(0)
      stop()
    }
    await other.stop()
  })

  it('refuses a misrouted call, also for a customer whom the shard has never seen', async () => {
    const bucket = 2
    const customer = newCustomerIn(bucket)
    await metering.run(imageCall(customer), async () => 1)
    const [first, second] = databases.shards
    const wrong = (await ownsBucket(first.database, bucket)) ? second : first
    const astray: Metering = createMetering({
      database: wrong.database,
      backend,
      catalog,
      secret: SECRET,
      bucketCount: BUCKETS,
      policy: { commitLookupTimeoutMs: 100 },
    })
    for (const one of [customer, newCustomerIn(bucket)])
      await expect(astray.run(imageCall(one), async () => 1)).rejects.toThrow(
        /unavailable|not owned/,
      )
    await expect(astray.start()).rejects.toThrow(/bucketCount 8.*owns the buckets/)
    expect(await rowsOf(wrong.database, bucket)).toBe(0)
  })

  it('moves a bucket to the other shard while its customers call, and charges each call once', async () => {
    const customers = Array.from({ length: 12 }, () => newCustomerIn(3))
    const sales = startSelling({ metering, backend, customers })
    const moves = []
    for (const to of [0, 1, 0]) {
      await delay(500)
      moves.push(await moveBucket({ ...databases, bucket: 3, to }))
    }
    const { calls, refused } = await sales.stop()
    await metering.drain()
    expect(await checkShards(databases)).toEqual([])
    expect(sales.differences()).toEqual([])
    const durations = moves.map(({ rows, refusedMs }) => `${rows} rows in ${refusedMs} ms`)
    say(`moves: ${durations.join(', ')}; ${calls} calls meanwhile, ${refused} tries refused`)
  })

  it('copies a bucket only after every transaction that found it at its old place has ended', async () => {
    const customer = newCustomerIn(6)
    await metering.run(imageCall(customer), async () => 1)
    const [source] = databases.shards
    let hasMoved = false
    let move: Promise<unknown> = Promise.resolve()
    await source.database.transaction(async (open) => {
      await open.query({ text: 'select metering.own_bucket(6::smallint)' })
      move = moveBucket({ ...databases, bucket: 6, to: 1 }).then(() => (hasMoved = true))
      await expect.poll(() => source.database.query(LOOKS_OF_MOVE), PATIENTLY).not.toEqual([])
      expect(hasMoved).toBe(false)
      // Like a call routed before the move: what it writes must move, too.
      await open.query({
        text: `update metering.customer set name = 'written last' where bucket = 6 and customer_id = $1`,
        values: [customer.customerId],
      })
    })
    await move
    const [row] = await databases.shards[1].database.query({
      text: 'select name from metering.customer where customer_id = $1',
      values: [customer.customerId],
    })
    expect(row).toEqual({ name: 'written last' })
    expect(await checkShards(databases)).toEqual([])
  })

  it.each([
    { during: 'copying', at: 1, before: 'insert', where: 'back', to: 0 },
    { during: 'copying', at: 1, before: 'insert', where: 'there', to: 1 },
    { during: 'deleting', at: 0, before: 'delete', where: 'back', to: 0 },
    { during: 'deleting', at: 0, before: 'delete', where: 'there', to: 1 },
  ])(
    'puts a bucket $where after a move was interrupted while $during',
    async ({ at, before, to }) => {
      await moveBucket({ ...databases, bucket: 0, to: 0 })
      const customer = newCustomerIn(0)
      const call = imageCall(customer)
      await metering.run(call, async () => 'a fox')
      const repair = await interruptStatement(databases.shards[at === 0 ? 0 : 1].database, before)
      await expect(moveBucket({ ...databases, bucket: 0, to: 1 })).rejects.toThrow('interrupted')
      await repair()
      await moveBucket({ ...databases, bucket: 0, to })
      expect((await metering.run(call, async () => 1)).output).toBe('a fox')
      const counts = await Promise.all(databases.shards.map(({ database }) => rowsOf(database, 0)))
      expect(counts[to]).toBeGreaterThan(0)
      expect(counts[1 - to]).toBe(0)
      await metering.drain()
      expect(await checkShards(databases)).toEqual([])
    },
  )

  it('names the command for all shards when the proxy alone is verified', async () => {
    const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
    const args = ['--import', 'tsx', cli, 'verify', '--database-url', databases.proxyUrl]
    await expect(promisify(execFile)(process.execPath, args)).rejects.toThrow('shards verify')
  })

  it('ages operations out on both shards', async () => {
    const customers = [newCustomerIn(2), newCustomerIn(5)]
    for (const customer of customers) await metering.run(imageCall(customer), async () => 'a fox')
    await metering.drain()
    const ids = customers.map(({ customerId }) => customerId)
    for (const { database } of databases.shards) {
      await database.transaction(async ({ query }) => {
        await query({ text: 'set local session_replication_role = replica' })
        await query({
          text: `update metering.operation set result = null, ended_at = ended_at - interval '1000 days' where customer_id = any ($1)`,
          values: [ids],
        })
      })
    }
    const before = await operationsPerShard()
    const ager = createAger({
      database: { ...databases.proxy, bucketCount: BUCKETS },
      policy: DEFAULT_POLICY,
    })
    while (!(await ager.ageOnce()).isRoundOver);
    expect(await operationsPerShard()).toEqual(before.map((count) => count - 1))
    expect(await checkShards(databases)).toEqual([])
  })

  it('goes on after a shard was killed, and the other shard never stops', async () => {
    const [here, there] = [newCustomerIn(4), newCustomerIn(5)]
    const sell = (customer: typeof here) =>
      startSelling({ metering, backend, customers: [customer] })
    const untouched = sell(here)
    const killed = sell(there)
    const onBoth = [untouched, killed]
    await expect.poll(killed.made, PATIENTLY).toBeGreaterThan(CALLS_AROUND)
    await killPostmaster(databases.directories[1])
    const soFar = onBoth.map((sales) => sales.made() + CALLS_AROUND)
    await expect
      .poll(() => onBoth.every((sales, n) => sales.made() > (soFar[n] ?? 0)), PATIENTLY)
      .toBe(true)
    const [first, second] = await Promise.all(onBoth.map((sales) => sales.stop()))
    await metering.drain()
    expect(await checkShards(databases)).toEqual([])
    for (const sales of onBoth) expect(sales.differences()).toEqual([])
    expect(first?.refused).toBe(0)
    expect(second?.calls).toBeGreaterThan(0)
    say(
      `shard killed: ${first?.calls} calls on the other, ${second?.calls} on it, ${second?.refused} tries refused`,
    )
  })
})

function say(line: string): void {
  process.stdout.write(`  two databases: ${line}\n`)
}

function newCustomerIn(bucket: number) {
  for (;;) {
    const customer = newCustomer()
    if (bucketOf({ ...databases.proxy, bucketCount: BUCKETS }, customer.customerId) === bucket)
      return customer
  }
}

function operationsPerShard(): Promise<number[]> {
  return Promise.all(databases.shards.map(({ database }) => countOf(database, 'operation')))
}

async function countOf(database: TwoDatabases['proxy'], table: string): Promise<number> {
  const [row] = await database.query<{ count: number }>({
    text: `select count(*) as count from metering.${table}`,
  })
  return row?.count ?? 0
}

async function ownsBucket(database: TwoDatabases['proxy'], bucket: number): Promise<boolean> {
  const rows = await database.query({
    text: 'select 1 from metering.bucket where bucket = $1',
    values: [bucket],
  })
  return rows.length > 0
}

async function rowsOf(database: TwoDatabases['proxy'], bucket: number): Promise<number> {
  const [row] = await database.query<{ count: number }>({
    text: `select (select count(*) from metering.customer where bucket = $1)
      + (select count(*) from metering.account where bucket = $1)
      + (select count(*) from metering.operation where bucket = $1) as count`,
    values: [bucket],
  })
  return row?.count ?? 0
}
