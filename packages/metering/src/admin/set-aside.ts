import type { Database } from '@tollgate/database'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/**
 * Takes a usage event that the backend never answers for off its way, so that its customer's balance can be read again.
 * It stays charged here; if the backend has it after all, it counts twice until it is replayed. False when none was waiting.
 *
 * @example
 * await setAside(database, 'tg_…') // true
 */
export async function setAside(database: Database, transactionId: string): Promise<boolean> {
  for (const bucket of await readOwnedBuckets(database)) {
    const aside = await callRoutine<number>(database, 'set_aside', [bucket, transactionId])
    if (aside === 1) return true
  }
  return false
}
