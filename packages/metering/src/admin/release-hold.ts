import type { Database } from '@tollgate/database'
import { isUuid } from '../keys/is-uuid.ts'
import type { OperationState } from '../operation-status.ts'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/**
 * Gives the hold of a running operation back, in credits of its meters, and fences its process off. Answers the state of one
 * that has ended already, or `unknown`.
 *
 * @example
 * await releaseHold(database, '6f2c…') // 'released'
 */
export async function releaseHold(
  database: Database,
  operationId: string,
): Promise<'released' | 'unknown' | OperationState> {
  if (!isUuid(operationId)) return 'unknown'
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, operationId]
    const outcome = await callRoutine<'released' | 'unknown' | OperationState>(
      database,
      'force_release',
      args,
    )
    if (outcome !== 'unknown') return outcome
  }
  return 'unknown'
}
