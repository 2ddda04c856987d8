import type { Database } from '@tollgate/database'

/** How much is on its way to the backend; `oldestAt` is how far behind it is. */
export type RelayBacklog = { pending: number; due: number; oldestAt: string | null }

/** Counts the events that the backend has not confirmed. */
export async function readRelayBacklog(database: Database): Promise<RelayBacklog> {
  const rows = await database.query<{ backlog: RelayBacklog }>({
    text: 'select metering.relay_backlog() as backlog',
  })
  return rows[0]?.backlog ?? { pending: 0, due: 0, oldestAt: null }
}
