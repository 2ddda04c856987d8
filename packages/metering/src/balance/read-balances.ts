import type { Balance, BillingCustomer, Catalog } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { AccountRowWithSources } from '../store/account-row.ts'
import { type CustomerRow, readCustomer } from '../store/read-customer.ts'
import { toBalanceUpdate } from './to-balance-update.ts'

/** A customer's stored state, synced first if that is due; does not fail when the backend is unavailable. */
export async function readFresh(
  context: MeteringContext,
  customer: BillingCustomer,
): Promise<CustomerRow> {
  const { database, policy, logger } = context
  const { customerId } = customer
  const known = await readCustomer(database, customerId, policy)
  if (!known.due) return known
  try {
    await context.sync(customer)
  } catch (error) {
    logger.warn(
      { error, customerId },
      'billing sync: balance not refreshed, the last known one is shown',
    )
    return known
  }
  return readCustomer(database, customerId, policy)
}

/** Every meter of a customer, as screens show it; all are unknown before the first sync. */
export function balancesOf(catalog: Catalog, customer: CustomerRow): Balance[] {
  const asOf = new Date(customer.asOf).toISOString()
  const accounts =
    customer.accounts.length > 0 ? customer.accounts : Object.keys(catalog.meters).map(neverRead)
  return accounts.map((account) => toBalance(catalog, account, { ...customer, asOf }))
}

/** A meter with everything a screen needs; `unknown` before the first sync. */
function toBalance(
  catalog: Catalog,
  account: AccountRowWithSources,
  { billing, asOf }: Pick<CustomerRow, 'billing' | 'asOf'>,
): Balance {
  const update = toBalanceUpdate(account, asOf)
  return {
    ...update,
    state: billing ? update.state : 'unknown',
    unit: catalog.meters[account.meter]?.unit ?? account.meter,
    unlimited: account.unlimited,
    periodStart: billing?.subscription?.periodStart ?? null,
    resetsAt: billing?.subscription?.periodEnd ?? null,
    breakdown: account.breakdown,
  }
}

function neverRead(meter: string): AccountRowWithSources {
  return {
    meter,
    syncedBalance: 0,
    unsynced: 0,
    held: 0,
    granted: 0,
    unlimited: false,
    version: 0,
    breakdown: [],
  }
}
