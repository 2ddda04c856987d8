import { type BalanceUpdate, balanceState, percentUsed } from '@tollgate/contract'
import type { AccountRow } from '../store/account-row.ts'

/**
 * An account as a screen shows it. `used` is the usage that the backend knows plus the unsynced; held credits are neither used nor
 * remaining, so granted = used + held + remaining for every customer within its limit.
 */
export function toBalanceUpdate(account: AccountRow, asOf: string): BalanceUpdate {
  const { granted, held, unlimited } = account
  const used = Math.max(0, granted - account.syncedBalance + account.unsynced)
  const remaining = Math.max(0, account.syncedBalance - account.unsynced - held)
  const overage = unlimited ? 0 : Math.max(0, account.unsynced - account.syncedBalance)
  return {
    meter: account.meter,
    granted,
    used,
    held,
    remaining,
    overage,
    percentUsed: percentUsed({ granted, used, unlimited }),
    state: balanceState({ granted, used, remaining, overage, unlimited }),
    asOf,
    version: account.version,
  }
}
