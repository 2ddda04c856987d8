import type { Balance, Catalog } from '@tollgate/contract'
import type { AccountRowWithSources } from '../store/account-row.ts'
import type { CustomerRow } from '../store/read-customer.ts'
import { toBalanceUpdate } from './to-balance-update.ts'

/** A meter with everything a screen needs; `unknown` until the backend has been reached once. */
export function toBalance(
  catalog: Catalog,
  account: AccountRowWithSources,
  customer: CustomerRow,
): Balance {
  const subscription = customer.billing?.subscription ?? null
  const update = toBalanceUpdate(account, customer.asOf)
  return {
    ...update,
    state: customer.billing ? update.state : 'unknown',
    unit: catalog.meters[account.meter]?.unit ?? account.meter,
    unlimited: account.unlimited,
    periodStart: subscription?.periodStart ?? null,
    resetsAt: subscription?.periodEnd ?? null,
    breakdown: account.breakdown,
  }
}
