import type { BalanceUpdate } from '@tollgate/contract'

/** The part of a balance that one operation can change. */
export function toBalanceUpdate(balance: BalanceUpdate): BalanceUpdate {
  const { meter, granted, used, held, remaining, overage, percentUsed, state, asOf, version } =
    balance
  return { meter, granted, used, held, remaining, overage, percentUsed, state, asOf, version }
}
