import { silentLogger } from '@tollgate/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { emptyDatabase } from './fixtures/empty-database.ts'
import { type Database, ensureDatabase, hotPathSettings, openDatabase } from './index.ts'

let database: Database
let url: string
let drop: () => Promise<void>

beforeEach(async () => {
  ;({ database, url, drop } = await emptyDatabase({ maxConnections: 4, settings: hotPathSettings }))
})

afterEach(() => drop())

test('reads big integers as numbers, timestamps as dates and JSON as values', async () => {
  const rows = await database.query({
    text: `select 9007199254740991::int8 as credits, '{1,null,3}'::int8[] as several, null::int8 as none,
             '2026-03-01T10:00:00Z'::timestamptz as at, '{"a":[1]}'::jsonb as json`,
  })
  expect(rows).toEqual([
    {
      credits: Number.MAX_SAFE_INTEGER,
      several: [1, null, 3],
      none: null,
      at: new Date('2026-03-01T10:00:00Z'),
      json: { a: [1] },
    },
  ])
})

test('refuses an integer that a number cannot hold, and stays usable', async () => {
  const tooLarge = database.query({ text: 'select 9007199254740992::int8 as credits' })
  await expect(tooLarge).rejects.toMatchObject({ code: 'unsafe_integer' })
  expect(await database.query({ text: 'select 1::int8 as credits' })).toEqual([{ credits: 1 }])
})

test('prepares a named statement once per connection', async () => {
  await database.transaction(async (transaction) => {
    for (const value of [1, 2]) {
      await transaction.query({ name: 'double', text: 'select $1::int8 * 2 as x', values: [value] })
    }
    const prepared = await transaction.query({
      text: `select name, generic_plans from pg_prepared_statements`,
    })
    expect(prepared).toEqual([{ name: 'double', generic_plans: 2 }])
  })
})

test('gives its settings to every connection, next to those in the address', async () => {
  const both = openDatabase({
    url: `${url}?options=-c%20work_mem%3D7MB`,
    settings: { ...hotPathSettings, application_name: 'with space' },
  })
  const rows = await both.query({
    text: `select current_setting('plan_cache_mode') as plans, current_setting('enable_seqscan') as scans,
             current_setting('work_mem') as memory, (select source from pg_settings where name = 'jit') as jit, current_setting('application_name') as name`,
  })
  await both.close()
  expect(rows).toEqual([
    { plans: 'force_generic_plan', scans: 'off', memory: '7MB', jit: 'client', name: 'with space' },
  ])
})

test('gives up waiting for a connection after two seconds', async () => {
  const small = openDatabase({ url, maxConnections: 1 })
  await small.transaction(async () => {
    const startedAt = performance.now()
    await expect(small.query({ text: 'select 1' })).rejects.toMatchObject({
      code: 'acquire_timeout',
    })
    expect(performance.now() - startedAt).toBeGreaterThan(1_900)
  })
  expect(await small.query({ text: 'select 1 as x' })).toEqual([{ x: 1 }])
  await small.close()
})

test('makes a database once for two that need it', async () => {
  const name = `${new URL(url).pathname.slice(1)}_second`
  await Promise.all([ensureDatabase({ url, name }), ensureDatabase({ url, name })])
  await ensureDatabase({ url, name })
  const found = await database.query({
    text: 'select 1 as x from pg_database where datname = $1',
    values: [name],
  })
  await database.query({ text: `drop database "${name}"` })
  expect(found).toHaveLength(1)
})

test('logs why an idle connection was lost, and nothing of what it knew', async () => {
  const warned: unknown[] = []
  const logger = { ...silentLogger, warn: (fields: object) => warned.push(fields) }
  const idle = openDatabase({ url, maxConnections: 1, logger })
  const [row] = await idle.query<{ pid: number }>({ text: 'select pg_backend_pid() as pid' })
  await database.query({ text: 'select pg_terminate_backend($1)', values: [row?.pid] })
  await vi.waitFor(() => expect(warned).not.toEqual([]), 15_000)
  expect(warned).toEqual([{ reason: 'terminating connection due to administrator command' }])
  await idle.close()
})

test('hears what is notified, also after its connection was lost, and of the gap, until it is stopped', async () => {
  const heard: string[] = []
  let gaps = 0
  const stop = await database.listen(
    'Bells',
    (payload) => heard.push(payload),
    () => (gaps += 1),
  )
  await notify('one')
  await vi.waitFor(() => expect(heard).toEqual(['one']), 15_000)

  await database.query({
    text: `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and query like 'listen%'`,
  })
  await vi.waitFor(async () => {
    await notify('two')
    expect(heard).toContain('two')
  }, 15_000)
  expect(gaps).toBe(1)

  await stop()
  const before = heard.length
  await notify('three')
  await database.query({ text: 'select pg_sleep(0.1)' })
  expect(heard).toHaveLength(before)
})

async function notify(payload: string): Promise<void> {
  await database.query({ text: `select pg_notify('Bells', $1)`, values: [payload] })
}
