import { mkdir, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, migrate, migrationsChecksum } from './index.ts'
import { emptyDatabase } from './fixtures/empty-database.ts'

const TWO_STEPS = fileURLToPath(new URL('fixtures/two-steps/', import.meta.url))

let database: Database
let drop: () => Promise<void>
let directory: string

beforeEach(async () => {
  ;({ database, drop } = await emptyDatabase())
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-migrations-'))
  await cp(TWO_STEPS, directory, { recursive: true })
})

afterEach(async () => {
  await drop()
  await rm(directory, { recursive: true })
})

test('applies each file once, in the order of their names', async () => {
  expect(await migrate(database, { directory, name: 'notes' })).toEqual([
    '001-note.sql',
    '002-first-note.sql',
  ])
  expect(await migrate(database, { directory, name: 'notes' })).toEqual([])

  const notes = await database.query({ text: 'select id, text from note order by id' })
  expect(notes).toEqual([
    { id: 1, text: 'written once' },
    { id: 2, text: 'also written once' },
  ])
})

test('applies each file once when two processes migrate at the same time', async () => {
  const applied = await Promise.all([
    migrate(database, { directory, name: 'notes' }),
    migrate(database, { directory, name: 'notes' }),
  ])
  expect(applied.map((files) => files.length).toSorted((a, b) => a - b)).toEqual([0, 2])
  expect(await database.query({ text: 'select text from note' })).toHaveLength(2)
})

test('names the applied file that was changed, and applies nothing', async () => {
  await migrate(database, { directory, name: 'notes' })
  await writeFile(path.join(directory, '002-first-note.sql'), 'select 1')
  await writeFile(path.join(directory, '003-more.sql'), 'create table more ()')

  const again = migrate(database, { directory, name: 'notes' })
  await expect(again).rejects.toMatchObject({
    code: 'migration_changed',
    message: expect.stringContaining('002-first-note.sql'),
  })
  expect(await tables()).not.toContain('more')
})

test('takes the same file with other line endings for the same file', async () => {
  await migrate(database, { directory, name: 'notes' })
  const checksum = await migrationsChecksum(directory)
  await writeFile(
    path.join(directory, '002-first-note.sql'),
    "insert into note (text) values ('written once');\r\n\r\ninsert into note (text) values ('also written once');\r\n",
  )
  expect(await migrate(database, { directory, name: 'notes' })).toEqual([])
  expect(await migrationsChecksum(directory)).toBe(checksum)
})

test('leaves nothing of a file that fails, and goes on there once it is repaired', async () => {
  const broken = path.join(directory, '003-broken.sql')
  await writeFile(broken, 'create table half (); select nonsense')
  await expect(migrate(database, { directory, name: 'notes' })).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringContaining('003-broken.sql'),
  })
  expect(await tables()).toEqual(['migration', 'note'])

  await writeFile(broken, 'create table whole ()')
  expect(await migrate(database, { directory, name: 'notes' })).toEqual(['003-broken.sql'])
})

test('keeps two sets in one database apart', async () => {
  await migrate(database, { directory, name: 'notes' })
  await rm(path.join(directory, '002-first-note.sql'))
  await writeFile(path.join(directory, '001-note.sql'), 'create table letter ()')
  expect(await migrate(database, { directory, name: 'letters' })).toEqual(['001-note.sql'])
})

test('applies routines again when their text has changed, whatever order they call each other in', async () => {
  await mkdir(path.join(directory, 'schema'))
  await mkdir(path.join(directory, 'routines'))
  await writeFile(path.join(directory, 'schema', '0001-note.sql'), 'create table note (id integer)')
  const routine = (name: string) => path.join(directory, 'routines', `${name}.sql`)
  const twice = (body: string) =>
    `create or replace function twice() returns integer language sql as '${body}'`
  await writeFile(routine('a_twice'), twice('select 2 * once()'))
  await writeFile(
    routine('b_once'),
    `create or replace function once() returns integer language sql as 'select 1'`,
  )
  const apply = () => migrate(database, { directory, name: 'notes' })
  expect(await apply()).toEqual(['0001-note.sql', 'a_twice.sql', 'b_once.sql'])
  expect(await apply()).toEqual([])
  const checksum = await migrationsChecksum(directory)

  await writeFile(routine('a_twice'), twice('select 20 * once()'))
  expect(await migrationsChecksum(directory)).not.toBe(checksum)
  expect(await apply()).toEqual(['a_twice.sql'])
  expect(await database.query({ text: 'select twice() as twice' })).toEqual([{ twice: 20 }])

  await writeFile(routine('b_once'), 'select nonsense')
  await writeFile(routine('a_twice'), twice('select 200'))
  await expect(apply()).rejects.toMatchObject({ code: 'migration_failed' })
  expect(await database.query({ text: 'select twice() as twice' })).toEqual([{ twice: 20 }])
})

test('replaces routines beside a transaction that locks their tables in another order', async () => {
  await mkdir(path.join(directory, 'schema'))
  await mkdir(path.join(directory, 'routines'))
  await writeFile(
    path.join(directory, 'schema', '0001-tables.sql'),
    `create table one (n integer); create table two (n integer);
     create function keep() returns trigger language plpgsql as 'begin return new; end'`,
  )
  const write = (body: string) =>
    Promise.all(
      ['one', 'two'].map((table) =>
        writeFile(
          path.join(directory, 'routines', `keep_${table}.sql`),
          `create or replace trigger keep_${table} before update on ${table} for each row ${body} execute function keep()`,
        ),
      ),
    )
  await write('')
  await migrate(database, { directory, name: 'notes' })
  await write('when (new.n > 0)')
  let running: Promise<string[]> | null = null
  const { replacing } = await database.transaction(async ({ query }) => {
    // The transaction restarts if PostgreSQL chose it as the deadlock victim; then the migration can finish.
    if (running) return { replacing: running }
    await query({ text: 'insert into two values (1)' })
    running = migrate(database, { directory, name: 'notes' })
    // Only locks of this database: other tests share the server.
    await expect
      .poll(() =>
        database.query({
          text: `select 1 from pg_locks l join pg_database d on d.oid = l.database
                 where not l.granted and d.datname = current_database()`,
        }),
      )
      .toHaveLength(1)
    await query({ text: 'insert into one values (1)' })
    // Wrapped in an object, so that the transaction does not await it.
    return { replacing: running }
  })
  expect(await replacing).toEqual(['keep_one.sql', 'keep_two.sql'])
})

async function tables(): Promise<string[]> {
  const rows = await database.query<{ name: string }>({
    text: `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  })
  return rows.map(({ name }) => name)
}
