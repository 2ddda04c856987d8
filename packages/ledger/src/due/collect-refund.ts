import { inLedgerTransaction } from '../core/ledger-transaction.ts'
import type { CustomerScope } from '../core/customer-scope.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import type { PaymentRow } from '../core/payment-row.ts'
import { refundPayment } from '../payments/refund-payment.ts'

/** The delay before an unanswered provider is asked again. */
const RETRY_AFTER_MS = 60_000

/** Refunds a payment that bought nothing; false while the provider does not answer. */
export async function collectRefund(
  ledger: Ledger,
  scope: CustomerScope,
  payment: PaymentRow,
): Promise<boolean> {
  try {
    await refundPayment(ledger, { organizationId: scope.organizationId, paymentId: payment.id })
    return true
  } catch (error) {
    // A manual refund came first: what is left is checked again.
    if (error instanceof LedgerError && error.code === 'CONFLICT') return true
    ledger.logger.warn({ error, paymentId: payment.id }, 'refund: provider call failed, retrying')
    await inLedgerTransaction(ledger, scope, ({ query, now }) =>
      query({
        text: `update payment set refund_due_at = $4
               where organization_id = $1 and customer_id = $2 and id = $3 and refund_due_at is not null`,
        values: [scope.organizationId, scope.customerId, payment.id, now + RETRY_AFTER_MS],
      }),
    )
    return false
  }
}
