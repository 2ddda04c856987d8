import { access } from 'node:fs/promises'
import path from 'node:path'
import { type Database, openDatabase } from '@tollgate/database'
import { databaseLocation } from '../config.ts'

/** The arguments of every operator command. */
export const COMMON_ARGS = {
  json: { type: 'boolean', default: false, description: 'Print JSON.' },
  'database-url': {
    type: 'string',
    description: 'The database; otherwise DATABASE_URL, or the embedded one in DATA_DIR.',
  },
} as const

/** The product's database on the embedded server. */
const EMBEDDED_DATABASE = 'tollgate'

/** Opens metering's database for one command and closes it afterwards; uses the embedded server that is already running, if any. */
export async function withDatabase<Result>(
  args: { 'database-url'?: string | undefined },
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, dataDirectory } = databaseLocation()
  const url = args['database-url'] ?? databaseUrl
  const embedded = url ? null : await openEmbedded(path.join(dataDirectory, 'postgres'))
  const database = openDatabase({
    url: url ?? embedded?.url(EMBEDDED_DATABASE) ?? '',
    maxConnections: 1,
    applicationName: 'tollgate-admin',
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
      `There is no database in ${directory}. Start the server once, or name a database with DATABASE_URL or --database-url.`,
    )
  }
  const { startEmbeddedPostgres } = await import('@tollgate/embedded-postgres')
  return startEmbeddedPostgres({ directory })
}
