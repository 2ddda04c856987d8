import type { DailyUse } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Reads what a customer was charged per UTC day and meter, oldest first. */
export async function readHistory(
  database: Database,
  { customerId, days }: { customerId: string; days: number },
): Promise<DailyUse[]> {
  const rows = await database.query<{ used: DailyUse[] }>({
    name: 'metering.read_history',
    text: 'select metering.read_history($1, $2) as used',
    values: [customerId, days],
  })
  return rows[0]?.used ?? []
}
