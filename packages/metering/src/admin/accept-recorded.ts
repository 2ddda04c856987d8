import type { Database } from '@tollgate/database'
import { findInBuckets } from '../store/call-routine.ts'
import type { ChangeAuthor } from './change-author.ts'

/**
 * Accepts the amount that the backend recorded under the id of a quarantined usage event: the customer is charged that amount, and sees
 * the difference as an adjustment. False unless the backend has answered with exactly this amount.
 *
 * @example
 * await acceptRecorded(database, { transactionId: 'tg_…', amount: 1 }, author) // true
 */
export async function acceptRecorded(
  database: Database,
  { transactionId, amount }: { transactionId: string; amount: number },
  author: ChangeAuthor,
): Promise<boolean> {
  const args = [transactionId, amount, author]
  return (
    (await findInBuckets(database, 'operator_accept', args, (isDone) => isDone === true)) !== null
  )
}
