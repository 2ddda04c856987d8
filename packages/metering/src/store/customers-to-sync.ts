import type { BillingCustomer } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Customers whose events have no subscription yet, or whose last reading is doubtful, and who may not come back by themselves. */
export async function readCustomersToSync(
  database: Database,
  options: { limit: number; freshForMs: number },
): Promise<BillingCustomer[]> {
  const rows = await database.query<{ customers: BillingCustomer[] }>({
    name: 'metering.customers_to_sync',
    text: 'select metering.customers_to_sync($1, $2) as customers',
    values: [options.limit, options.freshForMs],
  })
  return rows[0]?.customers ?? []
}
