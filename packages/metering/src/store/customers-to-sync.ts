import type { BillingCustomer } from '@tollgate/contract'
import { bucketsOf, type MeteringDatabase } from './metering-database.ts'

/**
 * Takes customers whose events have no subscription yet, or whose last reading is doubtful, and who may not come back by
 * themselves. One that was taken is not taken again before its pause is over; pauses double until it could be read.
 */
export async function takeCustomersToSync(
  database: MeteringDatabase,
  options: { limit: number; freshForMs: number; pauseMs: { first: number; longest: number } },
): Promise<BillingCustomer[]> {
  const { limit, freshForMs, pauseMs } = options
  const taken: BillingCustomer[] = []
  for (const bucket of bucketsOf(database)) {
    const rows = await database.query<{ customers: BillingCustomer[] }>({
      name: 'metering.take_customers_to_sync',
      text: 'select metering.take_customers_to_sync($1::smallint, $2, $3, $4, $5) as customers',
      values: [bucket, limit, freshForMs, pauseMs.first, pauseMs.longest],
    })
    taken.push(...(rows[0]?.customers ?? []))
  }
  return taken
}
