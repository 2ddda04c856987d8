import type { BillingCustomer } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/**
 * Takes customers whose events have no subscription yet, or whose last reading is doubtful, and who may not come back by
 * themselves. One that was taken is not taken again before its pause is over; pauses double until it could be read.
 */
export async function takeCustomersToSync(
  database: Database,
  options: { limit: number; freshForMs: number; pauseMs: { first: number; longest: number } },
): Promise<BillingCustomer[]> {
  const { limit, freshForMs, pauseMs } = options
  const rows = await database.query<{ customers: BillingCustomer[] }>({
    name: 'metering.take_customers_to_sync',
    text: 'select metering.take_customers_to_sync($1, $2, $3, $4) as customers',
    values: [limit, freshForMs, pauseMs.first, pauseMs.longest],
  })
  return rows[0]?.customers ?? []
}
