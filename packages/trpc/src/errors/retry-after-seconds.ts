import type { BillingError } from '@tollgate/contract'

/** The `Retry-After` of a refusal; null if waiting does not help. */
export function retryAfterSeconds(billing: BillingError | null): number | null {
  if (!billing || !('retryAfterMs' in billing)) return null
  return Math.max(1, Math.ceil(billing.retryAfterMs / 1000))
}
