import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Lets a claim go that led to nothing; a newer claim stays. */
export async function unclaimCustomer(
  database: MeteringDatabase,
  { customerId, fence }: { customerId: string; fence: number },
): Promise<void> {
  const bucket = bucketOf(database, customerId)
  await callRoutine(database, 'unclaim_customer', [bucket, customerId, fence])
}
