import type { MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { OperationRef } from './release-operations.ts'

/** Persists how much of a stream has reached the caller; false when the operation is no longer ours. Repeatable. */
export async function markProgress(
  database: Database,
  progress: OperationRef & { leaseMs: number; amounts: Partial<Record<MeterSlug, number>> },
): Promise<boolean> {
  const rows = await database.query<{ ours: boolean }>({
    name: 'metering.mark_progress',
    text: 'select metering.mark_progress($1, $2, $3, $4, $5::jsonb) as ours',
    values: [
      progress.customerId,
      progress.operationId,
      progress.fence,
      progress.leaseMs,
      JSON.stringify(progress.amounts),
    ],
  })
  return rows[0]?.ours ?? false
}
