import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { DatabaseError } from './database-error.ts'

/** A file of statements and its checksum. */
export type SqlFile = { file: string; sql: string; checksum: string }

/** Reads the `.sql` files of a folder in the order of their names. */
export async function readSqlFiles(folder: string): Promise<SqlFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(folder, file), 'utf8')
      // A checkout with different line endings is the same migration.
      const sql = text.replaceAll('\r\n', '\n')
      return { file, sql, checksum: sha256(sql) }
    }),
  )
}

/** Runs the statements of a file; throws `migration_failed` naming it. */
export async function runFile(client: pg.PoolClient, { file, sql }: SqlFile): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatabaseError('migration_failed', `${file} failed and was rolled back: ${reason}`, {
      cause: error,
    })
  }
}

/** The applied files of a set, and their checksums at that time. */
export async function recordedChecksums(
  client: pg.PoolClient,
  table: 'migration' | 'installed_routine',
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ file: string; checksum: string }>(
    `select file, checksum from ${table} where set_name = $1`,
    [name],
  )
  return new Map(rows.map(({ file, checksum }) => [file, checksum]))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
