import type { Database } from '@tollgate/database'

/** How much is on its way to the backend, how far behind it is, and how much waits for a person. */
export type RelayBacklog = {
  pending: number
  due: number
  oldestAt: string | null
  /** Milliseconds that the oldest has waited, by the database's clock; 0 when nothing does. */
  oldestAgeMs: number
  quarantined: number
}

/** Counts the events that the backend has not confirmed. */
export async function readRelayBacklog(database: Database): Promise<RelayBacklog> {
  const rows = await database.query<{ backlog: RelayBacklog }>({
    text: 'select metering.relay_backlog() as backlog',
  })
  const backlog = rows[0]?.backlog
  if (!backlog) throw new Error('metering.relay_backlog did not answer.')
  return backlog
}
