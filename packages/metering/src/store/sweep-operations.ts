import { callRoutine } from './call-routine.ts'
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
    const args = [bucket, sweep.limit, sweep.graceMs]
    swept.push(...(await callRoutine<SweptOperation[]>(database, 'sweep', args)))
  }
  return swept
}
