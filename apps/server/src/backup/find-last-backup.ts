import type { Database } from '@tollgate/database'
import { readLastBackup } from './last-backup.ts'

/** The time of the last known backup, either recorded or of a WAL archive; null if none is known. */
export async function findLastBackup(options: {
  dataDirectory: string
  /** The database whose server may archive its WAL; null to skip the query. */
  database: Pick<Database, 'query'> | null
}): Promise<Date | null> {
  const { dataDirectory, database } = options
  const recorded = readLastBackup(dataDirectory)
  const archived = database ? await lastArchived(database) : null
  if (recorded === null || archived === null) return recorded ?? archived
  return recorded > archived ? recorded : archived
}

/** When the server last archived WAL; null if it does not archive, or its last attempt failed. */
async function lastArchived(database: Pick<Database, 'query'>): Promise<Date | null> {
  const [row] = await database.query<{ at: Date | null }>({
    text: `select last_archived_time as at from pg_stat_archiver
           where last_failed_time is null or last_archived_time > last_failed_time`,
  })
  return row?.at ?? null
}
