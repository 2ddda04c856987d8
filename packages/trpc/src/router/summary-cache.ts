import type { BillingBackend, BillingCustomer, BillingSummary } from '@tollgate/contract'

/** Long enough for every tab and component of one page view, too short to be noticed. */
const KEPT_MS = 5000
/** The most customers cached; the oldest is evicted first. */
const KEPT_MAX = 1000

type Kept = { summary: Promise<BillingSummary>; readAt: number }

/** A customer's summary, at most a few seconds old; failures are not cached. */
export function readSummaryCached(
  backend: BillingBackend,
  customer: BillingCustomer,
): Promise<BillingSummary> {
  const customers = customersOf(backend)
  const kept = customers.get(customer.customerId)
  if (kept && performance.now() - kept.readAt < KEPT_MS) return kept.summary
  const summary = backend.billingSummary(customer)
  customers.delete(customer.customerId)
  customers.set(customer.customerId, { summary, readAt: performance.now() })
  summary.catch(() => {
    if (customers.get(customer.customerId)?.summary === summary) {
      customers.delete(customer.customerId)
    }
  })
  const [oldest] = customers.keys()
  if (customers.size > KEPT_MAX && oldest !== undefined) customers.delete(oldest)
  return summary
}

/** Drops a cached summary because the customer returned from a payment or changed its plan. */
export function dropSummary(backend: BillingBackend, { customerId }: BillingCustomer): void {
  customersOf(backend).delete(customerId)
}

function customersOf(backend: BillingBackend): Map<string, Kept> {
  const known = cache.get(backend) ?? new Map<string, Kept>()
  cache.set(backend, known)
  return known
}

const cache = new WeakMap<BillingBackend, Map<string, Kept>>()
