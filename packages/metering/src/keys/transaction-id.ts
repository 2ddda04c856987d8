import { createHmac } from 'node:crypto'
import { type TransactionId, transactionId } from '@tollgate/contract'

/**
 * The id under which the backend deduplicates a charge. It is derived from customer, procedure, key (or the id of the result, when
 * charged once per result) and meter, so that it is the same for every retry, on any server, and after a restore. It cannot be guessed:
 * ids are unique across the backend, and another client could claim a guessed one first.
 */
export function transactionIdOf(
  secret: string,
  charge: { key: string; meter: string },
): TransactionId {
  const key = charge.key.replaceAll('-', '')
  const mac = createHmac('sha256', secret).update(`${key}\n${charge.meter}`)
  return transactionId(`tg_${mac.digest('base64url')}`)
}
