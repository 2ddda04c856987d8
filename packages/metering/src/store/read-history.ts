import type { DailyUse } from '@tollgate/contract'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** Reads what a customer was charged per UTC day and meter, oldest first. */
export async function readHistory(
  database: MeteringDatabase,
  { customerId, days }: { customerId: string; days: number },
): Promise<DailyUse[]> {
  const rows = await database.query<{ used: DailyUse[] }>({
    name: 'metering.read_history',
    text: 'select metering.read_history($1::smallint, $2, $3) as used',
    values: [bucketOf(database, customerId), customerId, days],
  })
  return rows[0]?.used ?? []
}
