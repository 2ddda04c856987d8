import type { CallSubject } from './spend-limit.ts'

/** How one operation ended, as the customer sees it. */
export type ActivityStatus = 'held' | 'charged' | 'released'

/** Credits of one meter charged on one UTC day, "2026-11-22". */
export type DailyUse<Meter extends string = string> = { day: string; meter: Meter; amount: number }

/** One meter of one operation, as a line of a customer's ledger. */
export type ActivityItem<Meter extends string = string> = {
  operationId: string
  /** The procedure's path: "images.generate". */
  procedure: string
  meter: Meter
  status: ActivityStatus
  /** Credits held while it runs, then credits charged; 0 when released. */
  amount: number
  /**
   * Credits left on the meter right after; null while it runs and on a meter without a limit, negative when usage exceeds what is granted
   * now.
   */
  balanceAfter: number | null
  startedAt: string
  endedAt: string | null
  /** Subjects that the call was made by or for, other than the customer itself; empty when there are none. */
  subjects: CallSubject[]
}

/**
 * Why a balance changed without an operation: the `plan`'s credits of a billing period, a `purchase` of a top-up, a manual `grant`, the
 * `refund` of a purchase, an `expiry`, or an `adjustment` that the billing backend does not explain.
 */
export type BalanceChangeReason = 'plan' | 'purchase' | 'grant' | 'refund' | 'expiry' | 'adjustment'

/** A balance change at the billing backend, as a line of a customer's ledger, dated when it was first seen. */
export type BalanceChange<Meter extends string = string> = {
  changeId: string
  reason: BalanceChangeReason
  /** The billing backend's name for the source of the credits; null when it gives none. */
  name: string | null
  meter: Meter
  /** Credits added; negative when they were removed. */
  amount: number
  /** Credits left on the meter right after, or null on a meter without a limit. */
  balanceAfter: number | null
  at: string
}

/** One line of a customer's ledger. Within one meter, each `balanceAfter` follows from that of the previous line. */
export type LedgerItem<Meter extends string = string> =
  | ({ kind: 'operation' } & ActivityItem<Meter>)
  | ({ kind: 'change' } & BalanceChange<Meter>)

/** Filters the lines of a ledger; an omitted field matches everything. */
export type LedgerFilter<Meter extends string = string> = {
  meter?: Meter
  statuses?: readonly (ActivityStatus | BalanceChangeReason)[]
  /** Inclusive. */
  from?: string
  /** Exclusive; operations that are still running are left out. */
  until?: string
}
