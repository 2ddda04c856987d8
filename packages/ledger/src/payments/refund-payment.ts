import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { postEntries } from '../credits/post-entries.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { announce } from '../core/announce.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'

/** A refund. */
export type Refund = { organizationId: string; paymentId: string; amount?: number | undefined }

/**
 * Refunds a payment. A fully refunded top-up loses its unused credits; what was used stays used. (Flowglad leaves
 * refunded credits in place.)
 */
export async function refundPayment(ledger: Ledger, refund: Refund): Promise<PaymentRow> {
  const { organizationId, paymentId } = refund
  const { customerId, ...payment } = await readPayment(ledger, refund)
  const left = payment.amount - payment.refundedAmount
  const amount = refund.amount ?? left
  if (payment.status === 'refunded' && refund.amount === undefined) return payment
  if (payment.status !== 'succeeded' || amount > left || payment.providerReference === null) {
    throw new LedgerError(
      'BAD_REQUEST',
      `The payment is ${payment.status} and has ${left} left to refund, not ${amount}.`,
    )
  }
  await ledger.payments.refund({
    refundId: `${paymentId}-${payment.refundedAmount}`,
    reference: payment.providerReference,
    amount,
  })
  return inLedgerTransaction(ledger, { organizationId, customerId }, async (tx) => {
    const refunded = await recordRefund(tx, { payment, amount })
    if (refunded.status === 'refunded' && payment.checkoutSessionId !== null) {
      await revokeTopUp(tx, payment.checkoutSessionId)
      const id = payment.subscriptionId
      if (id) await announce(tx, { type: 'subscription.updated', object: 'subscription', id })
    }
    return refunded
  })
}

async function readPayment(
  ledger: Ledger,
  { organizationId, paymentId }: Refund,
): Promise<PaymentRow & { customerId: string }> {
  const [payment] = await ledger.database.query<PaymentRow & { customerId: string }>({
    text: `select ${PAYMENT_COLUMNS}, customer_id as "customerId" from payment
           where organization_id = $1 and id = $2`,
    values: [organizationId, paymentId],
  })
  if (!payment) throw notFound('payment', paymentId)
  return payment
}

async function recordRefund(
  tx: LedgerTransaction,
  { payment, amount }: { payment: PaymentRow; amount: number },
): Promise<PaymentRow> {
  const key = [tx.organizationId, tx.customerId]
  const [refunded] = await tx.query<PaymentRow>({
    // The amount refunded before is compared, so that two refunds at once are one.
    text: `update payment set refunded_amount = refunded_amount + $4, updated_at = $6, refund_due_at = null,
             status = case when refunded_amount + $4 = amount then 'refunded' else status end
           where organization_id = $1 and customer_id = $2 and id = $3 and refunded_amount = $5
           returning ${PAYMENT_COLUMNS}`,
    values: [...key, payment.id, amount, payment.refundedAmount, tx.now],
  })
  if (!refunded) throw new LedgerError('CONFLICT', 'The payment was refunded concurrently.')
  const whole = refunded.status === 'refunded'
  await tx.query({
    text: `update invoice set status = $4, updated_at = $5
           where organization_id = $1 and customer_id = $2 and id = $3`,
    values: [...key, payment.invoiceId, whole ? 'refunded' : 'partially_refunded', tx.now],
  })
  await tx.query({
    text: `update purchase set status = $4, updated_at = $5
           where organization_id = $1 and customer_id = $2 and payment_id = $3`,
    values: [...key, payment.id, whole ? 'refunded' : 'partial_refund', tx.now],
  })
  return refunded
}

async function revokeTopUp(tx: LedgerTransaction, checkoutSessionId: string): Promise<void> {
  const taken = await tx.query<{
    id: string
    subscriptionId: string
    usageMeterId: string
    amount: number
  }>({
    text: `with due as (
             select organization_id, customer_id, id, remaining from credit_grant
             where organization_id = $1 and customer_id = $2 and closed_at is null
               and starts_with(reason, 'checkout:' || $3 || ':')
           )
           update credit_grant grant_row set remaining = 0, closed_at = $4
           from due
           where grant_row.organization_id = due.organization_id and grant_row.customer_id = due.customer_id
             and grant_row.id = due.id
           returning grant_row.id, grant_row.subscription_id as "subscriptionId",
                     grant_row.usage_meter_id as "usageMeterId", due.remaining as amount`,
    values: [tx.organizationId, tx.customerId, checkoutSessionId, tx.now],
  })
  await postEntries(
    tx,
    taken
      .filter(({ amount }) => amount > 0)
      .map(({ id, ...entry }) => ({
        organizationId: tx.organizationId,
        customerId: tx.customerId,
        ...entry,
        kind: 'revocation' as const,
        grantId: id,
        note: 'refunded',
        occurredAt: tx.now,
      })),
  )
}
