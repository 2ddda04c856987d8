import { access } from 'node:fs/promises'
import path from 'node:path'
import { type Database, openDatabase } from '@tollgate/database'
import { booksLocation } from '../config.ts'

/** The database that the embedded server keeps for the product. */
const EMBEDDED_DATABASE = 'tollgate'

/** Opens the books for one command and closes them after it; an embedded server that runs already is shared. */
export async function withBooks<Result>(
  said: { 'database-url'?: string | undefined },
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, dataDirectory } = booksLocation()
  const url = said['database-url'] ?? databaseUrl
  const embedded = url ? null : await openEmbedded(path.join(dataDirectory, 'postgres'))
  const database = openDatabase({
    url: url ?? embedded?.url(EMBEDDED_DATABASE) ?? '',
    maxConnections: 1,
    applicationName: 'tollgate-books',
  })
  try {
    return await work(database)
  } finally {
    await database.close()
    await embedded?.stop()
  }
}

async function openEmbedded(directory: string) {
  try {
    await access(directory)
  } catch {
    throw new Error(
      `There are no books in ${directory}. Start the server once, or name a database with DATABASE_URL or --database-url.`,
    )
  }
  const { startEmbeddedPostgres } = await import('@tollgate/embedded-postgres')
  return startEmbeddedPostgres({ directory })
}
