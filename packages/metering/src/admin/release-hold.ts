import type { Database } from '@tollgate/database'
import { isUuid } from '../keys/is-uuid.ts'
import type { OperationState } from '../operation-status.ts'
import { findInBuckets } from '../store/call-routine.ts'
import type { ChangeAuthor } from './change-author.ts'

type Outcome = 'released' | 'unknown' | OperationState

/**
 * Releases the hold of a running operation and fences its process off. Returns the state of an operation that has already ended, or
 * `unknown`.
 *
 * @example
 * await releaseHold(database, '6f2c…', author) // 'released'
 */
export async function releaseHold(
  database: Database,
  operationId: string,
  author: ChangeAuthor,
): Promise<Outcome> {
  if (!isUuid(operationId)) return 'unknown'
  const args = [operationId, author]
  const isKnown = (outcome: Outcome) => outcome !== 'unknown'
  return (await findInBuckets(database, 'operator_release', args, isKnown)) ?? 'unknown'
}
