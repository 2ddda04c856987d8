import type { ActivityStatus, BalanceChangeReason, LedgerItem } from '../activity.ts'

/** How a line of a ledger is shown; `free` is an operation that was settled for nothing, such as a result that is owned already. */
export type LedgerStatus = ActivityStatus | BalanceChangeReason | 'free'

/** How a line of a ledger is shown. */
export function ledgerStatus(item: LedgerItem): LedgerStatus {
  if (item.kind === 'change') return item.reason
  return item.status === 'charged' && item.amount === 0 ? 'free' : item.status
}
