import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@tollgate/database'
import { findLastBackup } from '@tollgate/server'
import type { Finding } from './finding.ts'

const DAY_MS = 86_400_000

/** Checks for a backup of the last 24 hours: a recorded one, or a WAL archive that is being written to. */
export async function checkBackup(config: {
  databaseUrl: string | undefined
  dataDirectory: string
  now: number
}): Promise<Finding> {
  const about = 'Backup'
  const { databaseUrl, dataDirectory, now } = config
  if (!databaseUrl && !existsSync(join(dataDirectory, 'postgres'))) {
    return { about, state: 'ok', detail: 'nothing to back up yet' }
  }
  const last = await lastBackup(databaseUrl, dataDirectory)
  if (now - last <= DAY_MS)
    return { about, state: 'ok', detail: `of ${new Date(last).toISOString()}` }
  const days = Math.floor((now - last) / DAY_MS)
  return {
    about,
    state: 'warning',
    detail: last === -Infinity ? 'none is known' : `the last one is ${days} days old`,
    fix: 'Back both databases and the secrets up, then record it with `pnpm billing:admin backed-up`.',
    docs: 'operate/running#backups',
  }
}

/** In epoch milliseconds; -Infinity if none is known. */
async function lastBackup(databaseUrl: string | undefined, dataDirectory: string): Promise<number> {
  const database = databaseUrl
    ? openDatabase({ url: databaseUrl, maxConnections: 1, applicationName: 'tollgate-doctor' })
    : null
  try {
    const last = await findLastBackup({ dataDirectory, database }).catch(() =>
      // The database is unreachable, which another check reports.
      findLastBackup({ dataDirectory, database: null }),
    )
    return last?.getTime() ?? -Infinity
  } finally {
    await database?.close()
  }
}
