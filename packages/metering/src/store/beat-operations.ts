import type { Database } from '@tollgate/database'
import type { OperationRef } from './release-operations.ts'

/** Extends the leases of running operations; returns the ids of those that still run under the given fence. */
export async function beatOperations(
  database: Database,
  elements: readonly (OperationRef & { leaseMs: number })[],
): Promise<string[]> {
  const rows = await database.query<{ alive: string[] }>({
    name: 'metering.beat_operations',
    text: 'select metering.beat_operations($1::jsonb) as alive',
    values: [JSON.stringify(elements)],
  })
  return rows[0]?.alive ?? []
}
