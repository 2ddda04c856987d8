import type { MeterSlug } from '@tollgate/contract'
import type { OperationRef } from './batch-element.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Persists how much of a stream has reached the caller; false when the operation is no longer ours. Repeatable. */
export async function markProgress(
  database: MeteringDatabase,
  progress: OperationRef & { leaseMs: number; amounts: Partial<Record<MeterSlug, number>> },
): Promise<boolean> {
  const rows = await database.query<{ ours: boolean }>({
    name: 'metering.mark_progress',
    text: 'select metering.mark_progress($1::smallint, $2, $3::uuid, $4, $5, $6::jsonb) as ours',
    values: [
      bucketOf(database, progress.customerId),
      progress.customerId,
      progress.operationId,
      progress.fence,
      progress.leaseMs,
      JSON.stringify(progress.amounts),
    ],
  })
  return rows[0]?.ours ?? false
}
