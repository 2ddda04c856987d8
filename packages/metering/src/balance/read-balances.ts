import type { Balance, BillingCustomer, Catalog, CustomerBilling } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { AccountRowWithSources } from '../store/account-row.ts'
import { type CustomerRow, readCustomer } from '../store/read-customer.ts'
import { toBalance } from './to-balance.ts'

type Syncing = MeteringContext & { sync: (customer: BillingCustomer) => Promise<void> }

/** A customer as we know them, asked of the backend again when that is due; a backend that is away is no reason to fail. */
export async function readFresh(context: Syncing, customer: BillingCustomer): Promise<CustomerRow> {
  const { database, policy, logger } = context
  const { customerId } = customer
  const known = await readCustomer(database, customerId, policy)
  if (!known.due) return known
  try {
    await context.sync(customer)
  } catch (error) {
    logger.warn({ error, customerId }, 'metering: a balance could not be refreshed')
    return known
  }
  return readCustomer(database, customerId, policy)
}

/** Every meter of a customer, as screens show it; one who was never read from the backend sees each as unknown. */
export function balancesOf(catalog: Catalog, customer: CustomerRow): Balance[] {
  const asOf = new Date(customer.asOf).toISOString()
  const accounts =
    customer.accounts.length > 0 ? customer.accounts : Object.keys(catalog.meters).map(neverRead)
  return accounts.map((account) => toBalance(catalog, account, { ...customer, asOf }))
}

/** Subscription and features as last read, or null when the backend was never reached for this customer. */
export async function readBilling(
  context: Syncing,
  customer: BillingCustomer,
): Promise<CustomerBilling | null> {
  return (await readFresh(context, customer)).billing
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
