import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyDatabase } from './fixtures/empty-database.ts'
import { type Database, migrate } from './index.ts'

let database: Database
let drop: () => Promise<void>
let directory: string

beforeEach(async () => {
  ;({ database, drop } = await emptyDatabase())
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-routines-'))
})

afterEach(async () => {
  await drop()
  await rm(directory, { recursive: true })
})

test('leaves the routines of a newer version as they are, and replaces those of an older one', async () => {
  const before = await versionOf('before', { version: '0.9.0', migrations: 1 })
  const next = await versionOf('next', { version: '0.10.0', migrations: 1 })
  const afterNext = await versionOf('after next', { version: '0.10.0', migrations: 2 })
  const start = (version: string) => migrate(database, { directory: version, name: 'notes' })
  expect(await start(before)).toHaveLength(2)
  expect(await start(next)).toEqual(['who.sql'])
  expect(await start(before)).toEqual([])
  expect(await installed()).toBe('next')
  expect(await start(afterNext)).toEqual(['0002.sql', 'who.sql'])
  expect(await start(next)).toEqual([])
  expect(await start(before)).toEqual([])
  expect(await installed()).toBe('after next')
})

test('keeps a server from before versions were recorded from putting routines back', async () => {
  const first = await versionOf('first', { version: '0.1.0', migrations: 1 })
  await migrateAsBeforeVersions(first)
  expect(await installed()).toBe('first')
  const second = await versionOf('second', { version: '0.1.0', migrations: 2 })
  expect(await migrate(database, { directory: second, name: 'notes' })).toEqual([
    '0002.sql',
    'who.sql',
  ])
  // The previous version starts, and leaves them alone.
  await migrateAsBeforeVersions(first)
  expect(await installed()).toBe('second')
  const other = await versionOf('other', { version: '0.0.9', migrations: 1 })
  await expect(migrateAsBeforeVersions(other)).rejects.toThrow(/of a newer version/)
  expect(await installed()).toBe('second')
})

/** A directory of migrations and a routine that returns the name of its version. */
async function versionOf(
  name: string,
  { version, migrations }: { version: string; migrations: number },
): Promise<string> {
  const folder = path.join(directory, name)
  for (const part of ['schema', 'routines'])
    await mkdir(path.join(folder, part), { recursive: true })
  for (let number = 1; number <= migrations; number += 1) {
    const table = `create table of_step_${number} ()`
    await writeFile(path.join(folder, 'schema', `000${number}.sql`), table)
  }
  const routine = `create or replace function who() returns text language sql as $$ select '${name}' $$`
  await writeFile(path.join(folder, 'routines', 'who.sql'), routine)
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ version }))
  return folder
}

async function installed(): Promise<string | undefined> {
  const [row] = await database.query<{ who: string }>({ text: 'select who()' })
  return row?.who
}

/** Migrates like servers that did not record a version, with one routine and the first migration. */
async function migrateAsBeforeVersions(folder: string): Promise<void> {
  const [schema, who] = await Promise.all(
    ['schema/0001.sql', 'routines/who.sql'].map((file) =>
      readFile(path.join(folder, file), 'utf8'),
    ),
  )
  const columns = `set_name text, file text, checksum text, applied_at timestamptz not null default now(), primary key (set_name, file)`
  await database.transaction(async ({ query }) => {
    for (const table of ['migration', 'routine'])
      await query({ text: `create table if not exists ${table} (${columns})` })
    const [isThere] = await query({ text: 'select 1 from migration' })
    if (!isThere) {
      await query({ text: schema ?? '' })
      await record(query, 'migration', { file: '0001.sql', text: schema ?? '' })
    }
    const known = await query({
      text: 'select 1 from routine where checksum = $1',
      values: [checksumOf(who ?? '')],
    })
    if (known.length > 0) return
    await query({ text: who ?? '' })
    await record(query, 'routine', { file: 'who.sql', text: who ?? '' })
  })
}

function record(
  query: Database['query'],
  table: string,
  { file, text }: { file: string; text: string },
) {
  return query({
    text: `insert into ${table} (set_name, file, checksum) values ('notes', $1, $2)
           on conflict (set_name, file) do update set checksum = excluded.checksum`,
    values: [file, checksumOf(text)],
  })
}

const checksumOf = (text: string) => createHash('sha256').update(text).digest('hex')
