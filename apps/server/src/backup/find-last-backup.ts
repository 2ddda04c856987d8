import type { Database } from '@tollgate/database'
import { readLastBackup } from './last-backup.ts'

/** When the last backup that is known began or ended: one that was recorded, or of an archive of WAL; null when none is. */
export async function findLastBackup(options: {
  dataDirectory: string
  /** Whose server may archive its WAL; null when there is none to ask. */
  database: Pick<Database, 'query'> | null
}): Promise<Date | null> {
  const { dataDirectory, database } = options
  const recorded = readLastBackup(dataDirectory)
  const archived = database ? await lastArchived(database) : null
  if (recorded === null || archived === null) return recorded ?? archived
  return recorded > archived ? recorded : archived
}

/** When the server archived WAL last; null when it does not, or failed last. */
async function lastArchived(database: Pick<Database, 'query'>): Promise<Date | null> {
  const [row] = await database.query<{ at: Date | null }>({
    text: `select last_archived_time as at from pg_stat_archiver
           where last_failed_time is null or last_archived_time > last_failed_time`,
  })
  return row?.at ?? null
}
