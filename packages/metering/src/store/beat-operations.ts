import type { OperationRef } from './batch-element.ts'
import { callRoutine } from './call-routine.ts'
import { byBucket, type MeteringDatabase } from './metering-database.ts'

/** Extends the leases of running operations; returns the ids of those that are no longer executing under the given fence. */
export async function beatOperations(
  database: MeteringDatabase,
  operations: readonly Pick<OperationRef, 'customerId' | 'operationId' | 'fence'>[],
  { leaseMs }: { leaseMs: number },
): Promise<string[]> {
  const lost: string[] = []
  for (const [bucket, members] of byBucket(database, operations)) {
    const ids = members.map(({ operationId }) => operationId)
    const fences = members.map(({ fence }) => fence)
    const args = [bucket, ids, fences, leaseMs]
    lost.push(...(await callRoutine<string[]>(database, 'beat_operations', args)))
  }
  return lost
}
