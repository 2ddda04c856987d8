import type { LedgerTransaction } from './ledger-transaction.ts'
import type { ScheduledItem } from './subscription-row.ts'

/** A stored payment. */
export type PaymentRow = {
  id: string
  reason: 'checkout' | 'start' | 'renewal' | 'adjustment'
  status: 'pending' | 'succeeded' | 'failed' | 'refunded'
  amount: number
  currency: string
  refundedAmount: number
  subscriptionId: string | null
  checkoutSessionId: string | null
  billingPeriodId: string | null
  invoiceId: string | null
  attempt: number
  failure: string | null
  providerReference: string | null
  detail: { items: ScheduledItem[] } | null
  slot: string | null
  refundDueAt: number | null
  nextAttemptAt: number | null
  createdAt: number
}

/** The columns of `PaymentRow`. */
export const PAYMENT_COLUMNS = `id, reason, status, amount, currency, refunded_amount as "refundedAmount",
  subscription_id as "subscriptionId", checkout_session_id as "checkoutSessionId",
  billing_period_id as "billingPeriodId", invoice_id as "invoiceId", attempt, failure,
  provider_reference as "providerReference", detail, slot, refund_due_at as "refundDueAt",
  next_attempt_at as "nextAttemptAt", created_at as "createdAt"`

/** A payment to insert. */
export type NewPayment = {
  reason: PaymentRow['reason']
  amount: number
  currency: string
  invoiceId: string
  subscriptionId?: string | undefined
  checkoutSessionId?: string | undefined
  billingPeriodId?: string | undefined
  detail?: { items: ScheduledItem[] }
  /** What is paid for: only one payment for it is pending at a time. */
  slot?: string
  /** The provider's reference when already taken; otherwise it is pending. */
  takenAs?: string
  /** It bought nothing and is to be refunded. */
  refund?: boolean
}

/** Inserts a payment that was taken, or one to collect. */
export async function insertPayment(tx: LedgerTransaction, payment: NewPayment): Promise<string> {
  const id = tx.ledger.newId('pmt')
  const taken = payment.takenAs !== undefined
  await tx.query({
    text: `insert into payment
             (organization_id, customer_id, id, reason, status, amount, currency, subscription_id,
              checkout_session_id, billing_period_id, invoice_id, provider_reference, next_attempt_at, detail, slot,
              refund_due_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)`,
    values: [
      tx.organizationId,
      tx.customerId,
      id,
      payment.reason,
      taken ? 'succeeded' : 'pending',
      payment.amount,
      payment.currency,
      payment.subscriptionId ?? null,
      payment.checkoutSessionId ?? null,
      payment.billingPeriodId ?? null,
      payment.invoiceId,
      payment.takenAs ?? null,
      taken ? null : tx.now,
      payment.detail ?? null,
      payment.slot ?? null,
      payment.refund ? tx.now : null,
      tx.now,
    ],
  })
  return id
}

/** Reads a pending payment, or null. */
export async function readPendingPayment(tx: LedgerTransaction): Promise<PaymentRow | null> {
  const [row] = await tx.query<PaymentRow>({
    name: 'read-pending-payment',
    text: `select ${PAYMENT_COLUMNS} from payment
           where organization_id = $1 and customer_id = $2 and status = 'pending' order by created_at, id limit 1`,
    values: [tx.organizationId, tx.customerId],
  })
  return row ?? null
}

/** Reads the pending payment for one purpose, or null. */
export async function readPendingIn(
  tx: LedgerTransaction,
  slot: string,
): Promise<PaymentRow | null> {
  const [row] = await tx.query<PaymentRow>({
    name: 'read-pending-in-slot',
    text: `select ${PAYMENT_COLUMNS} from payment
           where organization_id = $1 and slot = $2 and status = 'pending'`,
    values: [tx.organizationId, slot],
  })
  return row ?? null
}

/** Reads a refund that is due, or null. */
export async function readDueRefund(tx: LedgerTransaction): Promise<PaymentRow | null> {
  const [row] = await tx.query<PaymentRow>({
    name: 'read-due-refund',
    text: `select ${PAYMENT_COLUMNS} from payment
           where organization_id = $1 and customer_id = $2 and refund_due_at <= $3
           order by refund_due_at, id limit 1`,
    values: [tx.organizationId, tx.customerId, tx.now],
  })
  return row ?? null
}
