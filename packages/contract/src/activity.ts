import type { CallSubject } from './spend-limit.ts'

/** How one operation ended, in the customer's words. */
export type ActivityStatus = 'held' | 'charged' | 'released'

/** Credits of one meter charged on one UTC day, "2026-11-22". */
export type DailyUse<Meter extends string = string> = { day: string; meter: Meter; amount: number }

/** One meter of one operation in a customer's own ledger. */
export type ActivityItem<Meter extends string = string> = {
  operationId: string
  /** The procedure's path: "images.generate". */
  procedure: string
  meter: Meter
  status: ActivityStatus
  /** Credits held while it runs, then credits charged; 0 when released. */
  amount: number
  /** What was left on the meter right after; null while it runs and on a meter without a limit, negative when more was used than is granted now. */
  balanceAfter: number | null
  startedAt: string
  endedAt: string | null
  /** The subjects that the call was made by or for, besides the customer; empty for the customer alone. */
  subjects: CallSubject[]
}

/**
 * Why credits came or went without an operation: the `plan`'s credits of a billing period, a `purchase` of a top-up, a manual
 * `grant`, the `refund` of a purchase, an `expiry`, or an `adjustment` that the billing backend does not explain.
 */
export type BalanceChangeReason = 'plan' | 'purchase' | 'grant' | 'refund' | 'expiry' | 'adjustment'

/** One change of a meter at the billing backend in a customer's own ledger, when it was first seen. */
export type BalanceChange<Meter extends string = string> = {
  changeId: string
  reason: BalanceChangeReason
  /** What the billing backend calls the source of the credits; null when it names none. */
  name: string | null
  meter: Meter
  /** Credits added, or, below zero, taken away. */
  amount: number
  /** What was left on the meter right after, or null on a meter without a limit. */
  balanceAfter: number | null
  at: string
}

/** One line of a customer's own ledger. Of one meter, every `balanceAfter` follows from that of the line before it. */
export type LedgerItem<Meter extends string = string> =
  | ({ kind: 'operation' } & ActivityItem<Meter>)
  | ({ kind: 'change' } & BalanceChange<Meter>)

/** Which lines of a ledger to list; without a field, all of them. */
export type LedgerFilter<Meter extends string = string> = {
  meter?: Meter
  statuses?: readonly (ActivityStatus | BalanceChangeReason)[]
  /** From this instant on. */
  from?: string
  /** Before this instant; what is still running is left out. */
  until?: string
}
