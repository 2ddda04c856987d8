import { catalog } from '@tollgate/contract/catalog'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, hotPathSettings } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetering } from './create-metering.ts'
import { expectInvariants } from './fixtures/expect-invariants.ts'
import { kindOf } from './fixtures/kind-of.ts'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import { imageCall, newCustomer, SECRET } from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'
import { METERING_MIGRATIONS } from './migrations.ts'
import { bucketOf } from './store/metering-database.ts'
import { createChargeReader } from './store/create-charge-reader.ts'

const BUCKETS = 4
const TABLES = [
  'customer',
  'account',
  'operation',
  'further_hold',
  'outbox',
  'landed_transaction',
  'balance_change',
  'spend_limit',
  'provider_cost',
]
const STATEMENTS = [
  'apply_batch:place',
  'apply_batch:settle',
  'apply_each:place',
  'apply_sync',
  'list_ledger',
  'sweep',
  'freeze_customer',
  'list_charges',
]

let directory: string
let database: Database
let metering: Metering
let drop: () => Promise<void>
const touched: { statement: string; partitions: Record<string, string[]> }[] = []

beforeAll(async () => {
  directory = await partitionedSchema()
  const created = await createTestDatabase({
    template: 'metering',
    migrations: directory,
    settings: { ...hotPathSettings },
  })
  ;({ database, drop } = created)
  await database.query({ text: 'insert into metering.bucket values (1), (2), (3)' })
  metering = createMetering({
    database: watched(database),
    backend: createFakeBackend({ welcome: { image_generations: 10, api_calls: 100 } }),
    catalog,
    secret: SECRET,
    bucketCount: BUCKETS,
  })
})
afterAll(async () => {
  await expectInvariants(database)
  await metering.stop()
  await drop()
  await rm(directory, { recursive: true })
})

describe('on tables that are partitioned by bucket', () => {
  it('every statement touches one partition of a table, and every customer is charged for itself', async () => {
    const customers = Array.from({ length: 12 }, () => newCustomer())
    const buckets = new Set(
      customers.map(({ customerId }) =>
        bucketOf({ ...database, bucketCount: BUCKETS }, customerId),
      ),
    )
    expect(buckets.size).toBeGreaterThan(1)
    await Promise.all(
      customers.map(async (customer) => {
        const call = imageCall(customer)
        await metering.run(call, async ({ reportCost }) => {
          reportCost({ provider: 'openai', model: 'gpt-test', costMicros: 4000 })
          return 1
        })
        await metering.run(call, async () => 2)
        await kindOf(metering.run(imageCall(customer), () => Promise.reject(new Error('no paint'))))
        const charges = [
          { meter: 'image_generations' as const, hold: 1 },
          { meter: 'api_calls' as const, hold: 2 },
        ]
        await metering.run(imageCall(customer, { charges }), async ({ reportCost }) => {
          reportCost({ provider: 'openai', model: 'gpt-test', costMicros: 4000 })
          return 3
        })
        await kindOf(
          metering.run(
            imageCall(customer, { charges: [{ meter: 'image_generations', hold: 99 }] }),
            async () => 4,
          ),
        )
        await metering.setSpendCap(customer, { meter: 'image_generations', cap: 5 })
        const subjects = [{ kind: 'member' as const, id: 'ada' }]
        const limit = { customer, meter: 'image_generations' as const, amount: 3, period: null }
        await metering.limits.set({ ...limit, subject: { kind: 'member', id: 'ada' } })
        await metering.run(imageCall(customer, { subjects }), async () => 5)
        await metering.activity(customer.customerId, { limit: 10 })
        await metering.ledger(customer.customerId, { limit: 10 })
        await metering.history(customer.customerId, { days: 2 })
        await metering.operation(customer.customerId, call.key)
      }),
    )
    await metering.sweep()
    await metering.drain()
    for (const customer of customers) {
      const images = (await metering.balances(customer)).find(
        ({ meter }) => meter === 'image_generations',
      )
      expect(images).toMatchObject({ used: 3, held: 0, remaining: 7 })
    }
    const [one, other] = customers
    if (!one || !other) throw new Error('There are no customers.')
    await metering.handOver({ from: one, to: other, move: async () => {} })
    const reader = createChargeReader({ database: watched(database), secret: SECRET })
    const { charges } = await reader.charges({
      customerId: one.customerId,
      from: 0,
      until: Date.UTC(2100, 0),
      after: null,
      limit: 10,
    })
    expect(charges).toHaveLength(4)
    const names = new Set(touched.map(({ statement }) => statement))
    for (const name of STATEMENTS) expect(names).toContain(`metering.${name}`)
    const several = touched.filter(({ partitions }) =>
      Object.values(partitions).some((found) => found.length > 1),
    )
    expect(several).toEqual([])
  })
})

/** Records which partitions every statement reads or writes; each runs in its own transaction, so that no other statement counts. */
function watched(inner: Database): Database {
  return {
    ...inner,
    query: (statement) =>
      inner.transaction(async (transaction) => {
        const before = await readCounts(transaction)
        const rows = await transaction.query<never>(statement)
        const after = await readCounts(transaction)
        const partitions: Record<string, string[]> = {}
        for (const [partition, count] of after) {
          if (count === before.get(partition)) continue
          const table = partition.replace(/_\d$/, '')
          partitions[table] = [...(partitions[table] ?? []), partition]
        }
        touched.push({ statement: statement.name ?? statement.text, partitions })
        return rows
      }),
  }
}

async function readCounts(transaction: Pick<Database, 'query'>): Promise<Map<string, number>> {
  const rows = await transaction.query<{ partition: string; count: number }>({
    text: `select relname as partition, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del as count
      from pg_stat_xact_user_tables where schemaname = 'metering' and relname ~ '_[0-9]$'`,
  })
  return new Map(rows.map(({ partition, count }) => [partition, count]))
}

/** The same schema, with every table in four partitions. */
async function partitionedSchema(): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'tollgate-partitions-'))
  for (const part of ['schema', 'routines']) {
    await cp(fileURLToPath(new URL(part, METERING_MIGRATIONS)), path.join(copy, part), {
      recursive: true,
    })
  }
  for (const name of [
    '0002-tables.sql',
    '0004-balance-changes.sql',
    '0007-spend-limits.sql',
    '0011-provider-costs.sql',
  ]) {
    const file = path.join(copy, 'schema', name)
    await writeFile(file, partitioned(await readFile(file, 'utf8')))
  }
  return copy
}

function partitioned(sql: string): string {
  let changed = sql
  for (const table of TABLES) {
    const create = new RegExp(`(create table metering\\.${table} \\([\\s\\S]*?\\n\\))[^;]*;`)
    const partitions = Array.from(
      { length: BUCKETS },
      (_, n) =>
        `create table metering.${table}_${n} partition of metering.${table} for values in (${n});`,
    )
    changed = changed.replace(create, `$1 partition by list (bucket);\n${partitions.join('\n')}`)
  }
  return changed
}
