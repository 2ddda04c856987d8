import type { Books } from './books.ts'
import type { ScheduledItem } from './subscription-row.ts'

/** A payment as the books keep it. */
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

/** A payment to write down. */
export type NewPayment = {
  reason: PaymentRow['reason']
  amount: number
  currency: string
  invoiceId: string
  subscriptionId?: string | undefined
  checkoutSessionId?: string | undefined
  billingPeriodId?: string | undefined
  detail?: { items: ScheduledItem[] }
  /** What is paid for once: while a payment for it waits, there is no second one. */
  slot?: string
  /** Already taken, under this name of the provider's; otherwise it waits to be collected. */
  takenAs?: string
  /** It was taken for nothing and is to be given back. */
  giveBack?: boolean
}

/** Writes down a payment that was taken, or one that is to be. */
export async function insertPayment(books: Books, payment: NewPayment): Promise<string> {
  const id = books.ledger.newId('pmt')
  const taken = payment.takenAs !== undefined
  await books.transaction.query({
    text: `insert into payment
             (organization_id, customer_id, id, reason, status, amount, currency, subscription_id,
              checkout_session_id, billing_period_id, invoice_id, provider_reference, next_attempt_at, detail, slot,
              refund_due_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)`,
    values: [
      books.organizationId,
      books.customerId,
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
      taken ? null : books.now,
      payment.detail ?? null,
      payment.slot ?? null,
      payment.giveBack ? books.now : null,
      books.now,
    ],
  })
  return id
}

/** Reads a payment that still waits, or null. */
export async function readPendingPayment(books: Books): Promise<PaymentRow | null> {
  const [row] = await books.transaction.query<PaymentRow>({
    name: 'read-pending-payment',
    text: `select ${PAYMENT_COLUMNS} from payment
           where organization_id = $1 and customer_id = $2 and status = 'pending' order by created_at, id limit 1`,
    values: [books.organizationId, books.customerId],
  })
  return row ?? null
}

/** Reads the payment that waits for one thing, or null. */
export async function readPendingIn(books: Books, slot: string): Promise<PaymentRow | null> {
  const [row] = await books.transaction.query<PaymentRow>({
    name: 'read-pending-in-slot',
    text: `select ${PAYMENT_COLUMNS} from payment
           where organization_id = $1 and slot = $2 and status = 'pending'`,
    values: [books.organizationId, slot],
  })
  return row ?? null
}

/** Reads money that is due to be given back, or null. */
export async function readDueRefund(books: Books): Promise<PaymentRow | null> {
  const [row] = await books.transaction.query<PaymentRow>({
    name: 'read-due-refund',
    text: `select ${PAYMENT_COLUMNS} from payment
           where organization_id = $1 and customer_id = $2 and refund_due_at <= $3
           order by refund_due_at, id limit 1`,
    values: [books.organizationId, books.customerId, books.now],
  })
  return row ?? null
}
