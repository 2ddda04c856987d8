import type { ActivityStatus, BalanceChangeReason, LedgerItem } from '../activity.ts'

/** The status of a ledger line; `free` is an operation that was settled without a charge, such as a result that is owned already. */
export type LedgerStatus = ActivityStatus | BalanceChangeReason | 'free'

/** Derives the status of a ledger line. */
export function ledgerStatus(item: LedgerItem): LedgerStatus {
  if (item.kind === 'change') return item.reason
  return item.status === 'charged' && item.amount === 0 ? 'free' : item.status
}
