import { callPerBucket } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** Metrics for operators: running operations, and customers whose calls are refused. */
export type MeteringHealth = {
  /** Operations whose work has not ended. */
  running: number
  /** How long the oldest of them has been running, in milliseconds, by the database's clock; 0 when none is. */
  oldestRunningMs: number
  /** Customers with undelivered usage whose balance was read longer ago than `policy.staleAfterMs`: their calls get 503. */
  staleCustomers: number
}

/** Reads the health of every bucket; the cost depends only on running operations and undelivered events. */
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
