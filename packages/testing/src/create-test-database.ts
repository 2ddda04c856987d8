import { randomBytes } from 'node:crypto'
import { type Database, migrate, migrationsChecksum, openDatabase } from '@tollgate/database'
import { testPostgresUrl } from './config.ts'

/** A database that one test file has for itself. */
export type TestDatabase = {
  database: Database
  url: string
  /** Closes the pool and removes the database, even while others are connected. */
  drop(): Promise<void>
}

// Held while a template is looked up or made, by whichever worker comes first.
const TEMPLATE_LOCK = 7_423_011_806
// The server takes 200 connections and several test files run at once.
const MAX_CONNECTIONS = 10

/** Clones a migrated template, which is made once per run; `template` also names the set of migrations. */
export async function createTestDatabase(options: {
  template: string
  migrations: URL | string
  settings?: Record<string, string>
}): Promise<TestDatabase> {
  const server = testPostgresUrl()
  const name = `test_${options.template}_${randomBytes(6).toString('hex')}`
  const admin = openDatabase({ url: server, maxConnections: 1 })
  try {
    const template = await ensureTemplate(admin, server, options)
    await admin.query({ text: `create database "${name}" template "${template}"` })
  } finally {
    await admin.close()
  }
  const url = addressOf(server, name)
  const database = openDatabase({
    url,
    maxConnections: MAX_CONNECTIONS,
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  })
  return {
    database,
    url,
    async drop() {
      await database.close()
      await dropDatabase(server, name)
    },
  }
}

async function ensureTemplate(
  admin: Database,
  server: string,
  { template, migrations }: { template: string; migrations: URL | string },
): Promise<string> {
  const checksum = (await migrationsChecksum(migrations)).slice(0, 12)
  const name = `template_${template}_${checksum}`
  await admin.query({ text: 'select pg_advisory_lock($1)', values: [TEMPLATE_LOCK] })
  const existing = await admin.query({
    text: 'select 1 from pg_database where datname = $1',
    values: [name],
  })
  if (existing.length === 0) await makeTemplate(admin, server, { name, template, migrations })
  await admin.query({ text: 'select pg_advisory_unlock($1)', values: [TEMPLATE_LOCK] })
  return name
}

async function makeTemplate(
  admin: Database,
  server: string,
  { name, template, migrations }: { name: string; template: string; migrations: URL | string },
): Promise<void> {
  // Renamed when it is complete, so that a migration that fails leaves no template behind.
  const unfinished = `${name}_unfinished`
  await admin.query({ text: `drop database if exists "${unfinished}" with (force)` })
  await admin.query({ text: `create database "${unfinished}"` })
  const database = openDatabase({ url: addressOf(server, unfinished), maxConnections: 1 })
  try {
    await migrate(database, { directory: migrations, name: template })
  } finally {
    await database.close()
  }
  await admin.query({ text: `alter database "${unfinished}" rename to "${name}"` })
}

async function dropDatabase(server: string, name: string): Promise<void> {
  const admin = openDatabase({ url: server, maxConnections: 1 })
  try {
    await admin.query({ text: `drop database if exists "${name}" with (force)` })
  } finally {
    await admin.close()
  }
}

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
