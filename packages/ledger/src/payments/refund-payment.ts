import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { sql } from 'kysely'
import { scopeOf } from '../core/customer-scope.ts'
import { typed } from '../core/typed.ts'
import { type Entry, postEntries } from '../credits/post-entries.ts'
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

async function readPayment(ledger: Ledger, { organizationId, paymentId }: Refund) {
  const payment = await typed(ledger.database)
    .selectFrom('payment')
    .select([...PAYMENT_COLUMNS, 'customerId'])
    .where(({ and }) => and({ organizationId, id: paymentId }))
    .executeTakeFirst()
  if (!payment) throw notFound('payment', paymentId)
  return payment
}

async function recordRefund(
  tx: LedgerTransaction,
  { payment, amount }: { payment: PaymentRow; amount: number },
): Promise<PaymentRow> {
  // Compares the previously refunded amount, so that two concurrent refunds become one.
  const { refundedAmount } = payment
  const whole = refundedAmount + amount === payment.amount
  const refunded = await typed(tx)
    .updateTable('payment')
    .set({ refundedAmount: refundedAmount + amount, updatedAt: tx.now, refundDueAt: null })
    .set(whole ? { status: 'refunded' } : {})
    .where(({ and }) => and({ ...scopeOf(tx), id: payment.id, refundedAmount }))
    .returning(PAYMENT_COLUMNS)
    .executeTakeFirst()
  if (!refunded) throw new LedgerError('CONFLICT', 'The payment was refunded concurrently.')
  await typed(tx)
    .updateTable('invoice')
    .set({ status: whole ? 'refunded' : 'partially_refunded', updatedAt: tx.now })
    .where(({ and }) => and(scopeOf(tx)))
    .where('id', '=', payment.invoiceId)
    .execute()
  await typed(tx)
    .updateTable('purchase')
    .set({ status: whole ? 'refunded' : 'partial_refund', updatedAt: tx.now })
    .where(({ and }) => and({ ...scopeOf(tx), paymentId: payment.id }))
    .execute()
  return refunded
}

async function revokeTopUp(tx: LedgerTransaction, checkoutSessionId: string): Promise<void> {
  const { rows: taken } = await sql<
    Pick<Entry, 'subscriptionId' | 'usageMeterId' | 'amount'> & { id: string }
  >`
    with due as (
      select organization_id, customer_id, id, remaining from credit_grant
      where organization_id = ${tx.organizationId} and customer_id = ${tx.customerId} and closed_at is null
        and starts_with(reason, ${`checkout:${checkoutSessionId}:`})
    )
    update credit_grant grant_row set remaining = 0, closed_at = ${tx.now}
    from due
    where grant_row.organization_id = due.organization_id and grant_row.customer_id = due.customer_id
      and grant_row.id = due.id
    returning grant_row.id, grant_row.subscription_id, grant_row.usage_meter_id, due.remaining as amount`.execute(
    typed(tx),
  )
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
