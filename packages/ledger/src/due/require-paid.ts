import type { CustomerScope } from '../core/customer-scope.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'

/** Refuses with the reason unless a payment has succeeded; a pending one has not. */
export async function requirePaid(
  ledger: Ledger,
  { organizationId, customerId, paymentId }: CustomerScope & { paymentId: string },
): Promise<void> {
  const [payment] = await ledger.database.query<PaymentRow>({
    text: `select ${PAYMENT_COLUMNS} from payment where organization_id = $1 and customer_id = $2 and id = $3`,
    values: [organizationId, customerId, paymentId],
  })
  if (payment?.status === 'pending') throw paymentPending('The payment has no answer yet.')
  if (payment?.status !== 'failed') return
  throw new LedgerError(
    'PAYMENT_FAILED',
    `The payment for the change failed and nothing was changed: ${payment.failure ?? 'declined'}`,
  )
}

/** The payment is pending at the provider; asking again takes no second one. */
export function paymentPending(what: string): LedgerError {
  return new LedgerError(
    'PAYMENT_PENDING',
    `${what} It is asked for again every minute and takes effect once it succeeds; do not pay again.`,
  )
}
