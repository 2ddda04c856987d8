import { openDatabase } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METERING_MIGRATIONS } from '../migrations.ts'
import { listRunning } from './list-running.ts'
import { readFigures } from './read-figures.ts'

const DAY_MS = 86_400_000
const DAYS = 100
const PER_DAY = 1000

let database: ReturnType<typeof openDatabase>
let drop: () => Promise<void>
beforeAll(async () => {
  const created = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
  })
  // One connection, so that its block counts are those of the previous statement; the settings are those of operators.
  const one = openDatabase({
    url: created.url,
    maxConnections: 1,
    settings: { plan_cache_mode: 'force_custom_plan', statement_timeout: '5s' },
  })
  database = one
  drop = async () => {
    await one.close()
    await created.drop()
  }
  await addHistory(created.database)
}, 120_000)
afterAll(() => drop())

describe('of a hundred days', () => {
  it('the figures of one read the rows of about one, and none of the others', async () => {
    const until = new Date()
    const from = new Date(until.getTime() - DAY_MS)
    const { used } = await readFigures(database, { from, until })
    expect(used.reduce((sum, { charged }) => sum + charged, 0)).toBe(PER_DAY)
    const plan = await explain(
      `select count(*) from metering.operation o
       where o.bucket = 0::smallint and o.created_at >= '${from.toISOString()}' and o.created_at < '${until.toISOString()}'`,
    )
    expect(plan).toContain('operation_created')
    expect(removedIn(plan)).toBeLessThan(10 * PER_DAY)
  })

  it('what is running is found among what is running', async () => {
    expect(await listRunning(database, { startedBefore: new Date(), limit: 50 })).toEqual([])
    const plan = await explain(
      `select * from metering.operation o where o.bucket = 0::smallint and o.state = 'executing'
       and o.started_at < now() order by o.started_at, o.operation_id limit 50`,
    )
    expect(plan).toContain('operation_lease')
  })
})

/** Charged operations, inserted in the order in which they started. */
async function addHistory(filled: typeof database): Promise<void> {
  await filled.query({
    text: `alter table metering.operation disable trigger user`,
  })
  await filled.query({
    text: `insert into metering.operation (operation_id, key, fingerprint, lease_until, deadline_at, created_at, started_at,
        ended_at, held, charged, fence, attempt, state, bucket, customer_id, meter, procedure)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), x.at, x.at, x.at, x.at, x.at, 1, 1, 1, 1, 'settled', 0,
        'c_' || n % 100, 'api_calls', 'tools.qrCode'
      from generate_series(1, $1::integer) n
      cross join lateral (select now() - ($1::integer - n + 0.5) / $2::numeric * interval '1 day' as at) x`,
    values: [DAYS * PER_DAY, PER_DAY],
  })
  await filled.query({ text: `alter table metering.operation enable trigger user` })
  await filled.query({ text: 'vacuum analyze metering.operation' })
}

async function explain(text: string): Promise<string> {
  const rows = await database.query<{ 'QUERY PLAN': string }>({
    text: `explain (analyze, costs off) ${text}`,
  })
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

/** How many rows a filter removed. */
function removedIn(plan: string): number {
  return Number(/Rows Removed by (?:Index Recheck|Filter): (\d+)/.exec(plan)?.[1] ?? 0)
}
