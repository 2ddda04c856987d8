import { createHmac } from 'node:crypto'
import { type TransactionId, transactionId } from '@tollgate/contract'

/**
 * The id under which the backend deduplicates a charge. It follows from customer, procedure, key (or the id of the result, where that
 * is what is charged once) and meter, so that it is the same for every retry, on any server, and after a restore; and it is not to be guessed, because the backend's uniqueness is
 * global and a guessed id could be taken by another client first.
 */
export function transactionIdOf(
  secret: string,
  charge: { key: string; meter: string },
): TransactionId {
  const key = charge.key.replaceAll('-', '')
  const mac = createHmac('sha256', secret).update(`${key}\n${charge.meter}`)
  return transactionId(`tg_${mac.digest('base64url')}`)
}
