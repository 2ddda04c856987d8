import type { MeterSlug } from './catalog.gen.ts'

/** How one operation ended, in the customer's words. */
export type ActivityStatus = 'held' | 'charged' | 'released'

/** Credits of one meter charged on one UTC day, "2026-11-22". */
export type DailyUse = { day: string; meter: MeterSlug; amount: number }

/** One line of a customer's own ledger. */
export type ActivityItem = {
  operationId: string
  /** The procedure's path: "images.generate". */
  procedure: string
  meter: MeterSlug
  status: ActivityStatus
  /** Credits held while it runs, then credits charged; 0 when released. */
  amount: number
  /** What was left on the meter right after, or null while it runs. */
  balanceAfter: number | null
  startedAt: string
  endedAt: string | null
}
