import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Database } from './database.ts'
import { DatabaseError } from './database-error.ts'
import { SQLSTATE } from './sqlstate.ts'

// Any constant would do; it only has to be ours. One lock for all sets, as they share the table.
const MIGRATION_LOCK = 7_423_011_805

type SqlFile = { file: string; sql: string; checksum: string }
type MigrationSet = { schema: SqlFile[]; routines: SqlFile[] }

/**
 * Applies the `.sql` files of a directory in name order, each once, each in its own transaction. A directory that has the
 * folders `schema` and `routines` keeps its migrations in the first; in the second stand functions, one per file, that are
 * applied again whenever their text has changed. Returns the files applied by this call.
 */
export async function migrate(
  database: Database,
  options: { directory: string | URL; name: string },
): Promise<string[]> {
  const set = await readSet(options.directory)
  const client = await database.pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = [
      ...(await applyMissing(client, options.name, set.schema)),
      ...(await applyChanged(client, options.name, set.routines)),
    ]
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
    client.release()
    return applied
  } catch (error) {
    // Closing the connection gives up the lock and rolls back in one step.
    client.release(true)
    throw error
  }
}

/** Identifies the content of a directory of migrations. */
export async function migrationsChecksum(directory: string | URL): Promise<string> {
  const { schema, routines } = await readSet(directory)
  return sha256(
    [...schema, ...routines].map(({ file, checksum }) => `${file} ${checksum}`).join('\n'),
  )
}

async function applyMissing(client: pg.PoolClient, name: string, migrations: SqlFile[]) {
  const known = await recordedChecksums(client, 'migration', name)
  for (const migration of migrations) refuseChanged(migration, known.get(migration.file))

  const missing = migrations.filter(({ file }) => !known.has(file))
  for (const migration of missing) await apply(client, name, migration)
  return missing.map(({ file }) => file)
}

function refuseChanged({ file, checksum }: SqlFile, recorded: string | undefined): void {
  if (recorded === undefined || recorded === checksum) return
  throw new DatabaseError(
    'migration_changed',
    `Migration ${file} was changed after it had been applied. Restore it and put the change into a new file.`,
  )
}

async function apply(client: pg.PoolClient, name: string, { file, sql, checksum }: SqlFile) {
  await client.query('begin')
  await run(client, file, sql)
  await client.query('insert into migration (set_name, file, checksum) values ($1, $2, $3)', [
    name,
    file,
    checksum,
  ])
  await client.query('commit')
}

/** Replacing a trigger locks its table, and a concurrent writer locks several tables in another order. */
const DEADLOCKS_MAX = 5

async function applyChanged(client: pg.PoolClient, name: string, routines: SqlFile[]) {
  if (routines.length === 0) return []
  for (let deadlocks = 0; ; deadlocks += 1) {
    try {
      return await replaceChanged(client, name, routines)
    } catch (error) {
      if (!isDeadlock(error) || deadlocks === DEADLOCKS_MAX) throw error
      await client.query('rollback')
    }
  }
}

function isDeadlock(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || !(error.cause instanceof Error)) return false
  return 'code' in error.cause && error.cause.code === SQLSTATE.deadlockDetected
}

/** All in one transaction: no statement may meet half of the functions it was written for. */
async function replaceChanged(client: pg.PoolClient, name: string, routines: SqlFile[]) {
  const known = await recordedChecksums(client, 'routine', name)
  const changed = routines.filter(({ file, checksum }) => known.get(file) !== checksum)
  if (changed.length === 0) return []
  await client.query('begin')
  // Functions call each other; in which order they are made does not matter.
  await client.query('set local check_function_bodies = off')
  for (const { file, sql, checksum } of changed) {
    await run(client, file, sql)
    await client.query(
      `insert into routine (set_name, file, checksum) values ($1, $2, $3)
       on conflict (set_name, file) do update set checksum = excluded.checksum, applied_at = now()`,
      [name, file, checksum],
    )
  }
  await client.query('commit')
  return changed.map(({ file }) => file)
}

/** Which files of a set were applied, and what they read like then. */
async function recordedChecksums(
  client: pg.PoolClient,
  table: 'migration' | 'routine',
  name: string,
): Promise<ReadonlyMap<string, string>> {
  await client.query(`create table if not exists ${table} (
    set_name text not null,
    file text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    primary key (set_name, file)
  )`)
  const { rows } = await client.query<{ file: string; checksum: string }>(
    `select file, checksum from ${table} where set_name = $1`,
    [name],
  )
  return new Map(rows.map(({ file, checksum }) => [file, checksum]))
}

async function run(client: pg.PoolClient, file: string, sql: string): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatabaseError('migration_failed', `${file} failed and was rolled back: ${reason}`, {
      cause: error,
    })
  }
}

async function readSet(directory: string | URL): Promise<MigrationSet> {
  const folder = directory instanceof URL ? fileURLToPath(directory) : directory
  const entries = await readdir(folder)
  if (!entries.includes('schema')) return { schema: await readFiles(folder), routines: [] }
  const schema = await readFiles(path.join(folder, 'schema'))
  return { schema, routines: await readFiles(path.join(folder, 'routines')) }
}

async function readFiles(folder: string): Promise<SqlFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(folder, file), 'utf8')
      // A checkout with other line endings is the same migration.
      const sql = text.replaceAll('\r\n', '\n')
      return { file, sql, checksum: sha256(sql) }
    }),
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
