import { bucketsOf, type MeteringDatabase } from './metering-database.ts'

/** An operation whose process was gone. */
export type SweptOperation = {
  customerId: string
  operationId: string
  procedure: string
  became: 'expired' | 'settled'
}

/** Ends operations whose lease and grace have passed; streams are charged what had reached the caller. */
export async function sweepOperations(
  database: MeteringDatabase,
  sweep: { limit: number; graceMs: number },
): Promise<SweptOperation[]> {
  const swept: SweptOperation[] = []
  for (const bucket of bucketsOf(database)) {
    const rows = await database.query<{ swept: SweptOperation[] }>({
      name: 'metering.sweep',
      text: 'select metering.sweep($1::smallint, $2, $3) as swept',
      values: [bucket, sweep.limit, sweep.graceMs],
    })
    swept.push(...(rows[0]?.swept ?? []))
  }
  return swept
}
