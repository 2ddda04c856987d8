import type { BillingBackend, CallOptions } from '@tollgate/contract'
import type { ChargeReader } from '../store/create-charge-reader.ts'

/** The two ledgers that a reconciliation compares: metering's charges, and the billing backend over HTTP. */
export type DriftSides = {
  metering: ChargeReader
  backend: Required<Pick<BillingBackend, 'listUsage' | 'listCustomers'>>
  /** How many charges or events are read at once; the backend's maximum unless given. */
  pageSize?: number
  /** Abandons the comparison. */
  signal?: AbortSignal
}

/** The listing side of a backend; null where it cannot be asked, as on the hosted service. */
export function listingOf({
  listUsage,
  listCustomers,
}: BillingBackend): DriftSides['backend'] | null {
  return listUsage && listCustomers ? { listUsage, listCustomers } : null
}

/** How a call to the backend is abandoned together with the comparison. */
export function abandonedBy(signal: AbortSignal | undefined): CallOptions {
  return signal ? { signal } : {}
}
