import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/**
 * Sends quarantined usage events again, one by its transaction id or all of them; returns how many.
 * Fix what the `reason` says first: they are quarantined again otherwise.
 *
 * @example
 * await replayQuarantined(database) // 3
 */
export async function replayQuarantined(
  database: Database,
  transactionId?: string,
): Promise<number> {
  let replayed = 0
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, transactionId ?? null]
    replayed += await callRoutine<number>(database, 'replay_quarantined', args)
  }
  return replayed
}
