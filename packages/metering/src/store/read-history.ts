import type { DailyUse } from '@tollgate/contract'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Reads what a customer was charged per UTC day and meter, oldest first. */
export async function readHistory(
  database: MeteringDatabase,
  { customerId, days }: { customerId: string; days: number },
): Promise<DailyUse[]> {
  return callRoutine(database, 'read_history', [bucketOf(database, customerId), customerId, days])
}
