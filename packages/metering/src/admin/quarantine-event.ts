import type { Database } from '@tollgate/database'
import { findInBuckets } from '../store/call-routine.ts'

/**
 * Quarantines a usage event that the backend never answers for, so that its customer's balance can be read again.
 * It stays charged here; if the backend has it after all, it counts twice until it is replayed. False when none was waiting.
 *
 * @example
 * await quarantineEvent(database, 'tg_…') // true
 */
export async function quarantineEvent(database: Database, transactionId: string): Promise<boolean> {
  const args = [transactionId]
  return (await findInBuckets(database, 'quarantine_event', args, (count) => count === 1)) !== null
}
