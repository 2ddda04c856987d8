import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'
import type { ChangeAuthor } from './change-author.ts'

/** The most rows that one statement locks and records. */
const AT_ONCE = 500

/**
 * Sends quarantined usage events again, one by its transaction id or all of them; returns how many. Fix the `reason` first, or they are
 * quarantined again.
 *
 * @example
 * await replayQuarantined(database, author) // 3
 */
export async function replayQuarantined(
  database: Database,
  author: ChangeAuthor,
  transactionId?: string,
): Promise<number> {
  let replayed = 0
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, transactionId ?? null, AT_ONCE, author]
    let count: number
    do {
      count = await callRoutine<number>(database, 'operator_replay', args)
      replayed += count
    } while (count === AT_ONCE)
  }
  return replayed
}
