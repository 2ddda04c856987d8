import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/**
 * Accepts the amount that the backend holds under the id of a quarantined usage event: the customer is charged that, and sees
 * the difference as an adjustment. False unless the backend has answered with exactly this amount.
 *
 * @example
 * await acceptRecorded(database, { transactionId: 'tg_…', amount: 1 }) // true
 */
export async function acceptRecorded(
  database: Database,
  { transactionId, amount }: { transactionId: string; amount: number },
): Promise<boolean> {
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, transactionId, amount]
    if (await callRoutine<boolean>(database, 'accept_recorded', args)) return true
  }
  return false
}
