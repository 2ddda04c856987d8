import type { OperationRef } from './batch-element.ts'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Persists how much of a stream has reached the caller; false when the operation is no longer ours. Repeatable. */
export async function markProgress(
  database: MeteringDatabase,
  progress: OperationRef & { leaseMs: number; amounts: Partial<Record<string, number>> },
): Promise<boolean> {
  const { customerId, operationId, fence, leaseMs, amounts } = progress
  const bucket = bucketOf(database, customerId)
  return callRoutine(database, 'mark_progress', [
    bucket,
    customerId,
    operationId,
    fence,
    leaseMs,
    JSON.stringify(amounts),
  ])
}
