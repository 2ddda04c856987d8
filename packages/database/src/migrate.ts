import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Database } from './database.ts'
import { DatabaseError } from './database-error.ts'

// Any constant would do; it only has to be ours. One lock for all sets, as they share the table.
const MIGRATION_LOCK = 7_423_011_805

type Migration = { file: string; sql: string; checksum: string }

/**
 * Applies the `.sql` files of a directory in name order, each once, each in its own transaction.
 * Returns the files applied by this call.
 */
export async function migrate(
  database: Database,
  options: { directory: string | URL; name: string },
): Promise<string[]> {
  const migrations = await readMigrations(options.directory)
  const client = await database.pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await applyMissing(client, options.name, migrations)
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
  const migrations = await readMigrations(directory)
  return sha256(migrations.map(({ file, checksum }) => `${file} ${checksum}`).join('\n'))
}

async function applyMissing(client: pg.PoolClient, name: string, migrations: Migration[]) {
  await client.query(`create table if not exists migration (
    set_name text not null,
    file text not null,
    checksum text not null,
    applied_at timestamptz not null default now(),
    primary key (set_name, file)
  )`)
  const { rows } = await client.query<{ file: string; checksum: string }>(
    'select file, checksum from migration where set_name = $1',
    [name],
  )
  const known = new Map(rows.map(({ file, checksum }) => [file, checksum]))
  for (const migration of migrations) refuseChanged(migration, known.get(migration.file))

  const missing = migrations.filter(({ file }) => !known.has(file))
  for (const migration of missing) await apply(client, name, migration)
  return missing.map(({ file }) => file)
}

function refuseChanged({ file, checksum }: Migration, recorded: string | undefined): void {
  if (recorded === undefined || recorded === checksum) return
  throw new DatabaseError(
    'migration_changed',
    `Migration ${file} was changed after it had been applied. Restore it and put the change into a new file.`,
  )
}

async function apply(client: pg.PoolClient, name: string, { file, sql, checksum }: Migration) {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into migration (set_name, file, checksum) values ($1, $2, $3)', [
      name,
      file,
      checksum,
    ])
    await client.query('commit')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatabaseError(
      'migration_failed',
      `Migration ${file} failed and was rolled back: ${reason}`,
      { cause: error },
    )
  }
}

async function readMigrations(directory: string | URL): Promise<Migration[]> {
  const folder = directory instanceof URL ? fileURLToPath(directory) : directory
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
