import { callPerBucket } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** What an operator looks at: holds that are placed, and customers who cannot be sold to. */
export type MeteringHealth = {
  /** Operations whose work has not ended. */
  running: number
  /** Milliseconds that the oldest of them has run, by the database's clock; 0 when none does. */
  oldestRunningMs: number
  /** Customers with undelivered usage whose balance was read longer ago than `policy.staleAfterMs`: their calls get 503. */
  staleCustomers: number
}

/** Reads the health of every bucket; the statements are bounded by what runs and by what waits for delivery. */
export async function readHealth(
  database: MeteringDatabase,
  { staleAfterMs }: { staleAfterMs: number },
): Promise<MeteringHealth> {
  const all = await callPerBucket<MeteringHealth>(database, 'read_health', [staleAfterMs])
  return all.reduce((sum, one) => ({
    running: sum.running + one.running,
    oldestRunningMs: Math.max(sum.oldestRunningMs, one.oldestRunningMs),
    staleCustomers: sum.staleCustomers + one.staleCustomers,
  }))
}
