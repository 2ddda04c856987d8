import { callPerBucket } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** How many usage events are unacknowledged, how long they have waited, and how many are quarantined. */
export type RelayBacklog = {
  pending: number
  due: number
  oldestAt: string | null
  /** How long the oldest has waited, in milliseconds, by the database's clock; 0 when none waits. */
  oldestAgeMs: number
  quarantined: number
}

/** Counts the events that the backend has not acknowledged. */
export async function readRelayBacklog(database: MeteringDatabase): Promise<RelayBacklog> {
  const backlogs = await callPerBucket<RelayBacklog>(database, 'relay_backlog', [])
  return backlogs.reduce((one, other) => ({
    ...(one.oldestAgeMs >= other.oldestAgeMs ? one : other),
    pending: one.pending + other.pending,
    due: one.due + other.due,
    quarantined: one.quarantined + other.quarantined,
  }))
}
