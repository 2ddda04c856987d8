import { createHash, randomBytes } from 'node:crypto'
import { type Database, migrate, migrationsChecksum, openDatabase } from '@tollgate/database'
import { testPostgresUrl } from './config.ts'

/** A set of migrations, by the name under which the database records it. */
export type MigrationSet = { name: string; directory: URL | string }

/** One connection with a long timeout, for busy machines. */
const patient = { maxConnections: 1, acquireTimeoutMs: 30_000 }

// Held by the first worker while it looks up or makes a template.
const TEMPLATE_LOCK = 7_423_011_806

/** Makes a database with these migrations by copying a template that is made once per run; returns its URL. */
export async function cloneTemplate(sets: readonly MigrationSet[]): Promise<string> {
  const server = testPostgresUrl()
  const names = sets.map(({ name }) => name).join('_')
  const database = `test_${names}_${randomBytes(6).toString('hex')}`
  const admin = openDatabase({ url: server, ...patient })
  try {
    const template = await ensureTemplate(admin, server, { names, sets })
    await admin.query({ text: `create database "${database}" template "${template}"` })
  } finally {
    await admin.close()
  }
  return addressOf(server, database)
}

type Template = { names: string; sets: readonly MigrationSet[] }

async function ensureTemplate(
  admin: Database,
  server: string,
  { names, sets }: Template,
): Promise<string> {
  const checksums = await Promise.all(sets.map(({ directory }) => migrationsChecksum(directory)))
  const checksum = createHash('sha256').update(checksums.join()).digest('hex').slice(0, 12)
  const name = `template_${names}_${checksum}`
  await admin.query({ text: 'select pg_advisory_lock($1)', values: [TEMPLATE_LOCK] })
  const existing = await admin.query({
    text: 'select 1 from pg_database where datname = $1',
    values: [name],
  })
  if (existing.length === 0) await makeTemplate(admin, server, { name, sets })
  await admin.query({ text: 'select pg_advisory_unlock($1)', values: [TEMPLATE_LOCK] })
  return name
}

async function makeTemplate(
  admin: Database,
  server: string,
  { name, sets }: { name: string; sets: readonly MigrationSet[] },
): Promise<void> {
  // Renamed once it is complete, so that a failed migration leaves no template behind.
  const unfinished = `${name}_unfinished`
  await admin.query({ text: `drop database if exists "${unfinished}" with (force)` })
  await admin.query({ text: `create database "${unfinished}"` })
  const database = openDatabase({ url: addressOf(server, unfinished), ...patient })
  try {
    for (const set of sets) await migrate(database, set)
  } finally {
    await database.close()
  }
  await admin.query({ text: `alter database "${unfinished}" rename to "${name}"` })
}

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
