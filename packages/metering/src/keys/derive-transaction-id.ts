import { createHmac } from 'node:crypto'
import { type MeterSlug, type TransactionId, transactionId } from '@tollgate/contract'

/**
 * The id under which the backend deduplicates a charge: the same for every retry, and not to be guessed, because the
 * backend's uniqueness is global and a guessed id could be taken by somebody else first.
 */
export function deriveTransactionId(
  secret: string,
  charge: { operationId: string; meter: MeterSlug },
): TransactionId {
  const mac = createHmac('sha256', secret).update(`${charge.operationId}\n${charge.meter}`)
  return transactionId(`tg_${mac.digest('base64url')}`)
}
