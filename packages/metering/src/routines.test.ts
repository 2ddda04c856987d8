import { readdir, readFile } from 'node:fs/promises'
import { loadModule } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { lintRoutine } from './fixtures/lint-routine.ts'

const ROUTINES = new URL('../routines/', import.meta.url)
const files = await readdir(ROUTINES)

beforeAll(() => loadModule())

describe('a routine', () => {
  it.each(files)('keeps to one bucket and to what a distributed engine runs: %s', async (file) => {
    const sql = await readFile(new URL(file, ROUTINES), 'utf8')
    expect(await lintRoutine(sql)).toEqual([])
  })

  it.each(files)('is in the file of its name: %s', async (file) => {
    const sql = await readFile(new URL(file, ROUTINES), 'utf8')
    const names = [...sql.matchAll(/create or replace (?:function metering\.|trigger )(\w+)/g)]
    expect(names[0]?.[1]).toBe(file.replace(/\.sql$/, ''))
    // One function; two if the previous version calls it with other arguments.
    const functions = [...sql.matchAll(/create or replace function metering\.(\w+)/g)]
    expect(new Set(functions.map(([, name]) => name)).size).toBeLessThan(2)
  })
})

const body = (statement: string) =>
  `create or replace function metering.f(p_bucket smallint, p_id uuid) returns void language plpgsql as $$
   declare o metering.operation%rowtype; begin ${statement} end $$;`

describe('the lint of routines finds', () => {
  it.each([
    ['select 1 from metering.account a;', 'names account without bucket = p_bucket'],
    ['perform 1 from metering.account a where a.bucket = 0;', 'names account without bucket'],
    ['update metering.account a set held = 0 where a.held > 0;', 'names account without bucket'],
    [
      'delete from metering.outbox e using metering.account a where e.bucket = p_bucket;',
      'names account without bucket = p_bucket',
    ],
    [
      'perform 1 from metering.account a where a.bucket = p_bucket or a.held > 0;',
      'names account without bucket = p_bucket',
    ],
    ['insert into metering.account (meter) values (1);', 'inserts into account without a bucket'],
    [
      'insert into metering.account (bucket, meter) values (p_bucket, 1) on conflict (meter) do nothing;',
      'finds a conflict in account without its bucket',
    ],
    [
      'perform 1 from metering.account a where a.bucket = p_bucket and a.ctid = p_id;',
      'uses a ctid, which is unique within one partition only',
    ],
    [
      'with x as (insert into metering.account (bucket) values (p_bucket) returning 1) select 1;',
      'inserts in a CTE',
    ],
    [
      'update metering.account a set at = metering.clock() where a.bucket = p_bucket;',
      'calls metering.clock in a statement that writes',
    ],
    ['perform metering.g(o);', 'passes the row o to metering.g'],
  ])('%s', async (statement, finding) => {
    expect(await lintRoutine(body(statement))).toEqual([expect.stringContaining(finding)])
  })

  it.each([
    [
      'create function metering.f(o metering.operation) returns void language plpgsql as $$ begin end $$',
      ['takes a row of metering.operation as an argument'],
    ],
    [
      'create function metering.f() returns void language plpgsql set work_mem = 1 as $$ begin end $$',
      ['has a setting of its own, which costs more than the statement'],
    ],
    [
      'create function metering.f(p_id uuid, p_bucket smallint) returns void language plpgsql as $$ begin perform 1 from metering.account a where a.bucket = p_bucket; end $$',
      ['does not take p_bucket first'],
    ],
  ])('%s', async (sql, findings) => {
    expect(await lintRoutine(sql)).toEqual(findings)
  })
})
