import type { BillingBackend, CallOptions } from '@tollgate/contract'
import type { ChargeReader } from '../store/create-charge-reader.ts'

/** The two ledgers that a reconciliation compares: metering's charges, and the billing backend over HTTP. */
export type DriftSides = {
  metering: ChargeReader
  backend: Required<Pick<BillingBackend, 'listUsage' | 'listCustomers'>>
  /** How many charges or events are read per page; by default the backend's maximum. */
  pageSize?: number
  /** Abandons the comparison. */
  signal?: AbortSignal
}

/** The backend as a source of usage events; null where it has no such list, as on the hosted service. */
export function listingOf({
  listUsage,
  listCustomers,
}: BillingBackend): DriftSides['backend'] | null {
  return listUsage && listCustomers ? { listUsage, listCustomers } : null
}

/** Call options that abort a backend call with the comparison. */
export function abandonedBy(signal: AbortSignal | undefined): CallOptions {
  return signal ? { signal } : {}
}
