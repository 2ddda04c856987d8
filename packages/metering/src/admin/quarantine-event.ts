import type { Database } from '@tollgate/database'
import { findInBuckets } from '../store/call-routine.ts'
import type { ChangeAuthor } from './change-author.ts'

/**
 * Quarantines a usage event that the backend never acknowledges, so that its customer's balance can be read again. It stays charged here;
 * if the backend has it after all, it counts twice until it is replayed. False when the event was not in the outbox.
 *
 * @example
 * await quarantineEvent(database, 'tg_…', author) // true
 */
export async function quarantineEvent(
  database: Database,
  transactionId: string,
  author: ChangeAuthor,
): Promise<boolean> {
  const args = [transactionId, author]
  return (
    (await findInBuckets(database, 'operator_quarantine', args, (count) => count === 1)) !== null
  )
}
