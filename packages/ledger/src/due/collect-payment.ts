import { type Books, openBooks } from '../core/books.ts'
import type { CustomerScope } from '../core/customer-scope.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import type { Ledger } from '../core/ledger.ts'
import { activateSubscription } from '../subscriptions/activate-subscription.ts'
import { applyAdjustment } from '../subscriptions/apply-adjustment.ts'
import { isInForce, readSubscription } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'
import type { ChargeResult } from '../core/payment-provider.ts'

/** After a provider did not answer, it is asked again no sooner than this. */
const RETRY_AFTER_MS = 60_000

/** Takes a waiting payment and does what it was for; false while the provider does not answer. */
export async function collectPayment(
  ledger: Ledger,
  scope: CustomerScope,
  payment: PaymentRow,
): Promise<boolean> {
  if (!(await openBooks(ledger, scope, (books) => noteAsked(books, payment)))) return true
  let result: ChargeResult
  try {
    result = await ledger.payments.charge({
      organizationId: scope.organizationId,
      attemptId: `${payment.id}-${payment.attempt}`,
      amount: payment.amount,
      currency: payment.currency,
      methodReference: await readDefaultMethod(ledger, scope),
    })
  } catch (error) {
    ledger.logger.warn({ error, paymentId: payment.id }, 'the payment provider did not answer')
    await openBooks(ledger, scope, (books) => postpone(books, payment.id))
    return false
  }
  await openBooks(ledger, scope, (books) => settlePayment(books, payment.id, result))
  return true
}

async function settlePayment(books: Books, paymentId: string, result: ChargeResult): Promise<void> {
  const payment = await concludePayment(books, paymentId, result)
  // Two collectors at once: the provider charged once, and the second one finds nothing left to do.
  if (!payment) return
  const succeeded = result.outcome === 'succeeded'
  await announce(books, {
    type: succeeded ? 'payment.succeeded' : 'payment.failed',
    object: 'payment',
    id: payment.id,
  })
  if (payment.reason === 'renewal') await setStanding(books, payment, succeeded)
  if (succeeded && !(await fulfil(books, payment))) await oweRefund(books, payment.id)
}

/** Does what a payment was for; false when that is gone, because the plan has ended meanwhile. */
async function fulfil(books: Books, payment: PaymentRow): Promise<boolean> {
  switch (payment.reason) {
    case 'adjustment':
      return applyAdjustment(books, payment)
    case 'start':
      return activateSubscription(books, payment.subscriptionId)
    case 'renewal':
      return grantPaidCredits(books, payment)
    case 'checkout':
      return true
  }
}

async function oweRefund(books: Books, paymentId: string): Promise<void> {
  await books.transaction.query({
    text: `update payment set refund_due_at = $4, updated_at = $4
           where organization_id = $1 and customer_id = $2 and id = $3`,
    values: [books.organizationId, books.customerId, paymentId, books.now],
  })
}

/** From here on a payment is not dropped before the provider has said what became of it. False: it was dropped already. */
async function noteAsked(books: Books, payment: PaymentRow): Promise<boolean> {
  const asked = await books.transaction.query({
    text: `update payment set asked_at = coalesce(asked_at, $4)
           where organization_id = $1 and customer_id = $2 and id = $3 and status = 'pending' and attempt = $5
           returning id`,
    values: [books.organizationId, books.customerId, payment.id, books.now, payment.attempt],
  })
  return asked.length > 0
}

async function concludePayment(
  books: Books,
  paymentId: string,
  result: ChargeResult,
): Promise<PaymentRow | null> {
  const succeeded = result.outcome === 'succeeded'
  const [payment] = await books.transaction.query<PaymentRow>({
    text: `update payment set status = $4, provider_reference = $5, failure = $6, next_attempt_at = null, updated_at = $7
           where organization_id = $1 and customer_id = $2 and id = $3 and status = 'pending'
           returning ${PAYMENT_COLUMNS}`,
    values: [
      books.organizationId,
      books.customerId,
      paymentId,
      succeeded ? 'succeeded' : 'failed',
      succeeded ? result.reference : null,
      succeeded ? null : result.reason,
      books.now,
    ],
  })
  if (!payment) return null
  // A change of plan that was not paid for is off; a period that was not paid for is still owed.
  const invoiceStatus = succeeded ? 'paid' : payment.reason === 'adjustment' ? 'void' : 'open'
  await books.transaction.query({
    text: `update invoice set status = $4, updated_at = $5
           where organization_id = $1 and customer_id = $2 and id = $3`,
    values: [books.organizationId, books.customerId, payment.invoiceId, invoiceStatus, books.now],
  })
  return payment
}

/**
 * Paid: active. Not paid: past due, in force without this period's credits until the grace period ends. An unpaid period
 * is never followed by another one.
 */
async function setStanding(books: Books, payment: PaymentRow, paid: boolean): Promise<void> {
  const key = [books.organizationId, payment.subscriptionId]
  await books.transaction.query(
    paid
      ? {
          text: `update subscription set updated_at = $3, status = 'active', grace_ends_at = null
                 where organization_id = $1 and id = $2 and status = 'past_due'`,
          values: [...key, books.now],
        }
      : {
          text: `update subscription set updated_at = $3, status = 'past_due', grace_ends_at = least($4, period_end)
                 where organization_id = $1 and id = $2 and status = 'active'`,
          values: [...key, books.now, books.now + books.ledger.gracePeriodMs],
        },
  )
}

async function grantPaidCredits(books: Books, payment: PaymentRow): Promise<boolean> {
  if (payment.subscriptionId === null) return false
  const subscription = await readSubscription(books.transaction, {
    organizationId: books.organizationId,
    subscriptionId: payment.subscriptionId,
  })
  // Credits belong to the period that was paid; one that is over has none to give.
  if (!isInForce(subscription) || subscription.periodId !== payment.billingPeriodId) return false
  await grantPlanCredits(books, { subscription, withOnce: false })
  return true
}

async function postpone(books: Books, paymentId: string): Promise<void> {
  await books.transaction.query({
    text: `update payment set next_attempt_at = $4, updated_at = $5
           where organization_id = $1 and customer_id = $2 and id = $3 and status = 'pending'`,
    values: [
      books.organizationId,
      books.customerId,
      paymentId,
      books.now + RETRY_AFTER_MS,
      books.now,
    ],
  })
}

async function readDefaultMethod(
  ledger: Ledger,
  { organizationId, customerId }: CustomerScope,
): Promise<string | null> {
  const [row] = await ledger.database.query<{ reference: string | null }>({
    text: `select provider_reference as reference from payment_method
           where organization_id = $1 and customer_id = $2 and is_default`,
    values: [organizationId, customerId],
  })
  return row?.reference ?? null
}
