import type { BillingCustomer } from '@tollgate/contract'
import { callRoutine } from './call-routine.ts'
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
    const args = [bucket, limit, freshForMs, pauseMs.first, pauseMs.longest]
    taken.push(...(await callRoutine<BillingCustomer[]>(database, 'take_customers_to_sync', args)))
  }
  return taken
}
