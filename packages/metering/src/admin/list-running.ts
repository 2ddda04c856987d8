import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/** A running operation and the end of its lease. */
export type RunningOperation = {
  operationId: string
  customerId: string
  procedure: string
  meter: string
  held: number
  attempt: number
  startedAt: string
  leaseUntil: string
  deadlineAt: string
}

/** Operations that started before an instant and are still running, the longest first. */
export async function listRunning(
  database: Database,
  { startedBefore, limit }: { startedBefore: Date; limit: number },
): Promise<RunningOperation[]> {
  const found: RunningOperation[] = []
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, startedBefore, limit]
    found.push(...(await callRoutine<RunningOperation[]>(database, 'list_running', args)))
  }
  return found
    .toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))
    .slice(0, limit)
}
