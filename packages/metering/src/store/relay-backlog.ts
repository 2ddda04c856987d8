import { callRoutine } from './call-routine.ts'
import { bucketsOf, type MeteringDatabase } from './metering-database.ts'

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
export async function readRelayBacklog(database: MeteringDatabase): Promise<RelayBacklog> {
  const backlogs: RelayBacklog[] = []
  for (const bucket of bucketsOf(database)) {
    backlogs.push(await callRoutine<RelayBacklog>(database, 'relay_backlog', [bucket]))
  }
  return backlogs.reduce(add)
}

function add(one: RelayBacklog, other: RelayBacklog): RelayBacklog {
  const older = one.oldestAgeMs >= other.oldestAgeMs ? one : other
  return {
    pending: one.pending + other.pending,
    due: one.due + other.due,
    oldestAt: older.oldestAt,
    oldestAgeMs: older.oldestAgeMs,
    quarantined: one.quarantined + other.quarantined,
  }
}
