import type { Database } from '@tollgate/database'
import { isUuid } from '../keys/is-uuid.ts'
import type { OperationState } from '../operation-status.ts'
import { findInBuckets } from '../store/call-routine.ts'

type Outcome = 'released' | 'unknown' | OperationState

/**
 * Releases the hold of a running operation and fences its process off. Returns the state of one that has ended already, or
 * `unknown`.
 *
 * @example
 * await releaseHold(database, '6f2c…') // 'released'
 */
export async function releaseHold(database: Database, operationId: string): Promise<Outcome> {
  if (!isUuid(operationId)) return 'unknown'
  const args = [operationId]
  const isKnown = (outcome: Outcome) => outcome !== 'unknown'
  return (await findInBuckets(database, 'force_release', args, isKnown)) ?? 'unknown'
}
