import pg from 'pg'
import { connectionConfig } from './connection-config.ts'

const DUPLICATE_DATABASE = '42P04'
const UNIQUE_VIOLATION = '23505'

/** Creates the database `name` on the server at `url` unless it exists. */
export async function ensureDatabase(options: { url: string; name: string }): Promise<void> {
  const client = new pg.Client(connectionConfig(options))
  client.on('error', () => {})
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [options.name])
    if (found.rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(options.name)}`)
    }
  } catch (error) {
    if (!lostTheRace(error)) throw error
  } finally {
    await client.end()
  }
}

// Of two concurrent creators, the slower gets either of these errors, but the database exists.
function lostTheRace(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    (error.code === DUPLICATE_DATABASE || error.code === UNIQUE_VIOLATION)
  )
}
