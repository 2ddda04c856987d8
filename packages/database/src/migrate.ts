import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { applyRoutines } from './apply-routines.ts'
import type { Database } from './database.ts'
import { DatabaseError } from './database-error.ts'
import { readSqlFiles, recordedChecksums, runFile, sha256, type SqlFile } from './sql-file.ts'

// An arbitrary constant that nothing else uses. One lock for all sets, because they share the table.
const MIGRATION_LOCK = 7_423_011_805

type MigrationSet = { schema: SqlFile[]; routines: SqlFile[]; version: string }

/**
 * Applies the `.sql` files of a directory in name order, each once, each in its own transaction. A directory with the folders `schema`
 * and `routines` has its migrations in the first; the second has functions, one per file, that are reapplied whenever their text changes,
 * unless those in the database are of a newer version: one with a later migration, or of a package with a higher version. Returns the
 * files applied by this call.
 */
export async function migrate(
  database: Database,
  options: { directory: string | URL; name: string },
): Promise<string[]> {
  const { schema, routines, version } = await readSet(options.directory)
  const { name } = options
  const client = await database.pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = [
      ...(await applyMissing(client, name, schema)),
      ...(await applyRoutines(client, { name, version, routines })),
    ]
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
    client.release()
    return applied
  } catch (error) {
    // Closing the connection both releases the lock and rolls back.
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
  await client.query(`create table if not exists migration (
    set_name text not null,
    file text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    primary key (set_name, file)
  )`)
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

async function apply(client: pg.PoolClient, name: string, migration: SqlFile) {
  await client.query('begin')
  await runFile(client, migration)
  await client.query('insert into migration (set_name, file, checksum) values ($1, $2, $3)', [
    name,
    migration.file,
    migration.checksum,
  ])
  await client.query('commit')
}

async function readSet(directory: string | URL): Promise<MigrationSet> {
  const folder = directory instanceof URL ? fileURLToPath(directory) : directory
  const entries = await readdir(folder)
  if (!entries.includes('schema')) {
    return { schema: await readSqlFiles(folder), routines: [], version: '' }
  }
  const schema = await readSqlFiles(path.join(folder, 'schema'))
  return {
    schema,
    routines: await readSqlFiles(path.join(folder, 'routines')),
    version: `${schema.at(-1)?.file ?? ''} ${await packageVersion(folder)}`,
  }
}

/** Empty if the directory is not a package. */
async function packageVersion(folder: string): Promise<string> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '{}')
  const manifest: unknown = JSON.parse(text)
  const version = manifest !== null && typeof manifest === 'object' && 'version' in manifest
  return version ? String(manifest.version) : ''
}
