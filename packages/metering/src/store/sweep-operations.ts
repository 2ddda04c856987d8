import type { Database } from '@tollgate/database'

/** An operation whose process was gone. */
export type SweptOperation = {
  customerId: string
  operationId: string
  procedure: string
  became: 'expired' | 'settled'
}

/** Ends operations whose lease and grace have passed; streams are charged what had reached the caller. */
export async function sweepOperations(
  database: Database,
  sweep: { limit: number; graceMs: number },
): Promise<SweptOperation[]> {
  const rows = await database.query<{ swept: SweptOperation[] }>({
    name: 'metering.sweep',
    text: 'select metering.sweep($1, $2) as swept',
    values: [sweep.limit, sweep.graceMs],
  })
  return rows[0]?.swept ?? []
}
