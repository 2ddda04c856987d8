import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { docsAnchor } from '@tollgate/contract'
import {
  checkDurability,
  type Database,
  DatabaseError,
  openDatabase,
  superuserLogin,
} from '@tollgate/database'
import { checkDatabaseClock } from './check-database-clock.ts'
import type { Finding } from './finding.ts'

/** One process opens up to 30 connections, the self-hosted backend 10; the rest is reserved for operators. */
const CONNECTIONS_MIN = 50

/** Checks that the database is reachable, durable, and agrees about the time. */
export async function checkDatabase(config: {
  databaseUrl: string | undefined
  dataDirectory: string
}): Promise<Finding[]> {
  const about = 'Database'
  const directory = join(config.dataDirectory, 'postgres')
  if (!config.databaseUrl && !existsSync(directory)) {
    return [{ about, state: 'ok', detail: 'embedded, created on the first start' }]
  }
  try {
    if (config.databaseUrl) return await examine(config.databaseUrl, false)
    const { startEmbeddedPostgres } = await import('@tollgate/embedded-postgres')
    const embedded = await startEmbeddedPostgres({ directory })
    const findings = await examine(embedded.url('postgres'), true)
    await embedded.stop()
    return findings
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const fix = config.databaseUrl
      ? 'Check DATABASE_URL, and that the server is running and lets this machine in.'
      : 'Fix what it says, or set DATABASE_URL to a server of your own.'
    return [{ about, state: 'problem', detail, fix, docs: docsAnchor(error) }]
  }
}

async function examine(url: string, isOurs: boolean): Promise<Finding[]> {
  const database = openDatabase({ url, maxConnections: 1, applicationName: 'tollgate-doctor' })
  try {
    return [
      await durability(database),
      await connections(database),
      await checkDatabaseClock(database),
      ...(isOurs ? [] : [await rights(database)]),
    ]
  } finally {
    await database.close()
  }
}

async function durability(database: Database): Promise<Finding> {
  const about = 'Database durability'
  try {
    await checkDurability(database)
    return { about, state: 'ok', detail: 'what is acknowledged survives a power cut' }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const fix = 'Turn it on in the server, and for the role that Tollgate signs in as.'
    return { about, state: 'problem', detail: error.message, fix, docs: docsAnchor(error) }
  }
}

async function connections(database: Database): Promise<Finding> {
  const about = 'Database connections'
  const [row] = await database.query<{ most: number }>({
    text: `select current_setting('max_connections')::int as most`,
  })
  const most = row?.most ?? 0
  if (most >= CONNECTIONS_MIN) return { about, state: 'ok', detail: `${most} allowed` }
  return {
    about,
    state: 'warning',
    detail: `only ${most} allowed; one server and its billing backend may open 40`,
    fix: `Set max_connections to ${CONNECTIONS_MIN} or more.`,
  }
}

/** The embedded server's components have their own logins, which the server creates at startup. */
async function rights(database: Database): Promise<Finding> {
  const about = 'Database rights'
  const login = await superuserLogin(database)
  if (!login) return { about, state: 'ok', detail: 'no superuser' }
  return {
    about,
    state: 'warning',
    detail: `DATABASE_URL signs in as ${login}, a superuser, who can change what was charged`,
    fix: 'Make a role without superuser rights the owner of the database and name it in DATABASE_URL.',
  }
}
