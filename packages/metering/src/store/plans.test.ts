import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hotPathSettings, openDatabase } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint } from '../keys/fingerprint.ts'
import { newOperationId } from '../keys/new-operation-id.ts'
import { METERING_MIGRATIONS } from '../migrations.ts'
import { DEFAULT_POLICY } from '../policy.ts'
import { applyBatch } from './apply-batch.ts'
import { type BatchElement } from './batch-element.ts'
import type { MeteringDatabase } from './metering-database.ts'

const SAME_INPUT = await fingerprint('images.generate', 'the same input')

const BATCH = 50
const OPERATIONS = 20_000
const THOUSAND = 1000 / BATCH
/** A plan with unnecessary reads would be twenty times slower by then; noise and deeper indexes account for less than a factor of two. */
const GROWTH_MAX = 2

let database: MeteringDatabase
let backend: number
let close: () => Promise<void>

beforeEach(async () => {
  const created = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
  })
  for (const table of ['customer', 'account', 'operation', 'outbox', 'spend_limit']) {
    await created.database.query({
      text: `alter table metering.${table} set (autovacuum_enabled = false)`,
    })
  }
  // One connection, so that every statement is planned once, while the tables are empty.
  const one = openDatabase({
    url: created.url,
    maxConnections: 1,
    settings: { ...hotPathSettings, synchronous_commit: 'off' },
  })
  database = { ...one, bucketCount: 1 }
  const [row] = await one.query<{ pid: number }>({ text: 'select pg_backend_pid() as pid' })
  backend = row?.pid ?? 0
  close = async () => {
    await one.close()
    await created.drop()
  }
})
afterEach(() => close())

describe.runIf(process.platform === 'linux')('a plan made on empty tables', () => {
  it.each([
    ['one customer', 1, 0],
    ['ten thousand customers', 10_000, 0],
    ['one customer and ten thousand runs', 1, 10_000],
  ])(
    'places and settles the last thousand of twenty thousand operations of %s as fast as the first',
    async (_whose, customers, runs) => {
      await pairs({ customers, runs, batch: 0 })
      await addCustomers(customers)
      await addRuns(runs)
      const spent: number[] = []
      for (let batch = 0; batch < OPERATIONS / BATCH; batch += 1) {
        const before = await onCpu()
        await pairs({ customers, runs, batch })
        spent.push((await onCpu()) - before)
      }
      const first = median(spent.slice(1, THOUSAND + 1))
      const last = median(spent.slice(-THOUSAND))
      expect(last / first).toBeLessThan(GROWTH_MAX)
    },
    240_000,
  )
})

async function addCustomers(count: number): Promise<void> {
  await database.query({
    text: `insert into metering.customer (bucket, customer_id, name, email, subscription_id, synced_at)
      select 0, 'c_' || n, 'Ada', 'ada@example.com', 'sub', metering.clock() from generate_series(0, $1::integer - 1) n`,
    values: [count],
  })
  await database.query({
    text: `insert into metering.account (bucket, customer_id, meter, synced_balance)
      select 0, 'c_' || n, 'api_calls', 1000000 from generate_series(0, $1::integer - 1) n`,
    values: [count],
  })
}

/** Runs of the first customer, all started by one API key, which also has a limit. */
async function addRuns(count: number): Promise<void> {
  if (count === 0) return
  await database.query({
    text: `insert into metering.spend_limit (bucket, customer_id, meter, subject, amount, counted_from)
      select 0, 'c_0', 'api_calls', 'run:r_' || n, 1000000, metering.clock() from generate_series(0, $1::integer - 1) n
      union all select 0, 'c_0', 'api_calls', 'key:k_0', 1000000, metering.clock()`,
    values: [count],
  })
  await database.query({ text: 'update metering.account set limited = true' })
}

async function pairs(of: { customers: number; runs: number; batch: number }): Promise<void> {
  const { customers, runs, batch } = of
  const calls = Array.from({ length: BATCH }, (_, index) => {
    const n = batch * BATCH + index
    const subjects = runs === 0 ? null : `key:k_0 run:r_${n % runs}`
    return { customerId: `c_${n % customers}`, operationId: newOperationId(), subjects }
  })
  const send = (elements: BatchElement[]) => applyBatch(database, 0, elements, DEFAULT_POLICY)
  await send(
    calls.map(({ customerId, operationId, subjects }) => ({
      kind: 'place',
      customerId,
      operationId,
      name: 'Ada',
      email: 'ada@example.com',
      procedure: 'tools.qrCode',
      key: randomUUID(),
      fingerprint: SAME_INPUT,
      feature: null,
      subjects,
      leaseMs: 30_000,
      deadlineMs: 60_000,
      charges: [{ meter: 'api_calls', hold: 1 }],
    })),
  )
  await send(
    calls.map(({ customerId, operationId }) => ({
      kind: 'settle',
      customerId,
      operationId,
      fence: 1,
      meter: 'api_calls',
      amounts: {},
      result: '{"output":1}',
      resultKeptMs: 1000,
    })),
  )
}

/** CPU time of the database backend, in nanoseconds. */
async function onCpu(): Promise<number> {
  const text = await readFile(`/proc/${backend}/schedstat`, 'utf8')
  return Number(text.split(' ')[0])
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
