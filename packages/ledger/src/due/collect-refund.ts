import { inLedgerTransaction } from '../core/ledger-transaction.ts'
import { type CustomerScope, scopeOf } from '../core/customer-scope.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import type { PaymentRow } from '../core/payment-row.ts'
import { typed } from '../core/typed.ts'
import { refundPayment } from '../payments/refund-payment.ts'

/** The delay before a provider that did not answer is asked again. */
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
    // A manual refund came first: the remaining amount is checked again.
    if (error instanceof LedgerError && error.code === 'CONFLICT') return true
    ledger.logger.warn({ error, paymentId: payment.id }, 'refund: provider call failed, retrying')
    await inLedgerTransaction(ledger, scope, (tx) =>
      typed(tx)
        .updateTable('payment')
        .set({ refundDueAt: tx.now + RETRY_AFTER_MS })
        .where(({ and }) => and({ ...scopeOf(tx), id: payment.id }))
        .where('refundDueAt', 'is not', null)
        .execute(),
    )
    return false
  }
}
