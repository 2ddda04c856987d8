import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@tollgate/database'
import { readLastBackup } from '@tollgate/server'
import type { Finding } from './finding.ts'

const DAY_MS = 86_400_000

/** Whether a backup of a day at most is known: one that was recorded, or an archive of WAL that is written to. */
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
  const times = [
    readLastBackup(dataDirectory),
    databaseUrl ? await lastArchived(databaseUrl) : null,
  ]
  const last = Math.max(...times.map((time) => time?.getTime() ?? -Infinity))
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

/** When the server archived WAL last; null when it does not, failed last, or cannot be asked. */
async function lastArchived(url: string): Promise<Date | null> {
  const database = openDatabase({ url, maxConnections: 1, applicationName: 'tollgate-doctor' })
  try {
    const [row] = await database.query<{ at: Date | null }>({
      text: `select last_archived_time as at from pg_stat_archiver
             where last_failed_time is null or last_archived_time > last_failed_time`,
    })
    return row?.at ?? null
  } catch {
    // Another check says why.
    return null
  } finally {
    await database.close()
  }
}
