import type { OperationRef } from './batch-element.ts'
import { byBucket, type MeteringDatabase } from './metering-database.ts'

/** Extends the leases of running operations; returns the ids of those that are no longer executing under the given fence. */
export async function beatOperations(
  database: MeteringDatabase,
  operations: readonly Pick<OperationRef, 'customerId' | 'operationId' | 'fence'>[],
  { leaseMs }: { leaseMs: number },
): Promise<string[]> {
  const lost: string[] = []
  for (const [bucket, members] of byBucket(database, operations)) {
    const rows = await database.query<{ lost: string[] }>({
      name: 'metering.beat_operations',
      text: 'select metering.beat_operations($1::smallint, $2::uuid[], $3::integer[], $4) as lost',
      values: [
        bucket,
        members.map(({ operationId }) => operationId),
        members.map(({ fence }) => fence),
        leaseMs,
      ],
    })
    lost.push(...(rows[0]?.lost ?? []))
  }
  return lost
}
