import { type Database, openDatabase } from '@tollgate/database'
import { cloneTemplate } from './clone-template.ts'
import { testPostgresUrl } from './config.ts'

/** A database of its own for one test file. */
export type TestDatabase = {
  database: Database
  url: string
  /** Closes the pool and drops the database, even while others are connected. */
  drop(): Promise<void>
}

// The server accepts 200 connections, and several test files run at once.
const MAX_CONNECTIONS = 10
/** For machines so busy that connecting takes longer than a server lets its callers wait. */
const ACQUIRE_TIMEOUT_MS = 30_000

/** Clones a migrated template, which is made once per run; `template` also names the set of migrations. */
export async function createTestDatabase(options: {
  template: string
  migrations: URL | string
  settings?: Record<string, string>
}): Promise<TestDatabase> {
  const server = testPostgresUrl()
  const url = await cloneTemplate([{ name: options.template, directory: options.migrations }])
  const database = openDatabase({
    url,
    maxConnections: MAX_CONNECTIONS,
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  })
  return {
    database,
    url,
    async drop() {
      await database.close()
      await dropDatabase(server, new URL(url).pathname.slice(1))
    },
  }
}

async function dropDatabase(server: string, name: string): Promise<void> {
  const admin = openDatabase({
    url: server,
    maxConnections: 1,
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
  })
  try {
    await admin.query({ text: `drop database if exists "${name}" with (force)` })
  } finally {
    await admin.close()
  }
}
