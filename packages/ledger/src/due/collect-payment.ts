import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import type { CustomerScope } from '../core/customer-scope.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import type { Ledger } from '../core/ledger.ts'
import { activateSubscription } from '../subscriptions/activate-subscription.ts'
import { applyAdjustment } from '../subscriptions/apply-adjustment.ts'
import { isInForce, readSubscription } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'
import type { ChargeResult } from '../core/payment-provider.ts'

/** The delay before an unanswered provider is asked again. */
const RETRY_AFTER_MS = 60_000

/** Collects a pending payment and applies it; false while the provider does not answer. */
export async function collectPayment(
  ledger: Ledger,
  scope: CustomerScope,
  payment: PaymentRow,
): Promise<boolean> {
  if (!(await inLedgerTransaction(ledger, scope, (tx) => noteAsked(tx, payment)))) return true
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
    ledger.logger.warn(
      { error, paymentId: payment.id },
      'payment collection: provider did not answer, retrying',
    )
    await inLedgerTransaction(ledger, scope, (tx) => postpone(tx, payment.id))
    return false
  }
  await inLedgerTransaction(ledger, scope, (tx) => settlePayment(tx, payment.id, result))
  return true
}

async function settlePayment(
  tx: LedgerTransaction,
  paymentId: string,
  result: ChargeResult,
): Promise<void> {
  const payment = await concludePayment(tx, paymentId, result)
  // Two collectors at once: the provider charged once, and the second one finds nothing left to do.
  if (!payment) return
  const succeeded = result.outcome === 'succeeded'
  await announce(tx, {
    type: succeeded ? 'payment.succeeded' : 'payment.failed',
    object: 'payment',
    id: payment.id,
  })
  if (payment.reason === 'renewal') await setSubscriptionStatus(tx, payment, succeeded)
  if (succeeded && !(await fulfil(tx, payment))) await oweRefund(tx, payment.id)
}

/** Applies a payment; false when the plan has ended meanwhile. */
async function fulfil(tx: LedgerTransaction, payment: PaymentRow): Promise<boolean> {
  switch (payment.reason) {
    case 'adjustment':
      return applyAdjustment(tx, payment)
    case 'start':
      return activateSubscription(tx, payment.subscriptionId)
    case 'renewal':
      return grantPaidCredits(tx, payment)
    case 'checkout':
      return true
  }
}

async function oweRefund(tx: LedgerTransaction, paymentId: string): Promise<void> {
  await tx.query({
    text: `update payment set refund_due_at = $4, updated_at = $4
           where organization_id = $1 and customer_id = $2 and id = $3`,
    values: [tx.organizationId, tx.customerId, paymentId, tx.now],
  })
}

/** From here on a payment is kept until the provider reports its outcome. False: it was dropped already. */
async function noteAsked(tx: LedgerTransaction, payment: PaymentRow): Promise<boolean> {
  const asked = await tx.query({
    text: `update payment set asked_at = coalesce(asked_at, $4)
           where organization_id = $1 and customer_id = $2 and id = $3 and status = 'pending' and attempt = $5
           returning id`,
    values: [tx.organizationId, tx.customerId, payment.id, tx.now, payment.attempt],
  })
  return asked.length > 0
}

async function concludePayment(
  tx: LedgerTransaction,
  paymentId: string,
  result: ChargeResult,
): Promise<PaymentRow | null> {
  const succeeded = result.outcome === 'succeeded'
  const [payment] = await tx.query<PaymentRow>({
    text: `update payment set status = $4, provider_reference = $5, failure = $6, next_attempt_at = null, updated_at = $7
           where organization_id = $1 and customer_id = $2 and id = $3 and status = 'pending'
           returning ${PAYMENT_COLUMNS}`,
    values: [
      tx.organizationId,
      tx.customerId,
      paymentId,
      succeeded ? 'succeeded' : 'failed',
      succeeded ? result.reference : null,
      succeeded ? null : result.reason,
      tx.now,
    ],
  })
  if (!payment) return null
  // An unpaid change of plan is void; an unpaid period is still owed.
  const invoiceStatus = succeeded ? 'paid' : payment.reason === 'adjustment' ? 'void' : 'open'
  await tx.query({
    text: `update invoice set status = $4, updated_at = $5
           where organization_id = $1 and customer_id = $2 and id = $3`,
    values: [tx.organizationId, tx.customerId, payment.invoiceId, invoiceStatus, tx.now],
  })
  return payment
}

/**
 * Paid: active. Not paid: past due, in force without this period's credits until the grace period ends. An unpaid period
 * is never followed by another one.
 */
async function setSubscriptionStatus(
  tx: LedgerTransaction,
  payment: PaymentRow,
  paid: boolean,
): Promise<void> {
  const key = [tx.organizationId, payment.subscriptionId]
  await tx.query(
    paid
      ? {
          text: `update subscription set updated_at = $3, status = 'active', grace_ends_at = null
                 where organization_id = $1 and id = $2 and status = 'past_due'`,
          values: [...key, tx.now],
        }
      : {
          text: `update subscription set updated_at = $3, status = 'past_due', grace_ends_at = least($4, period_end)
                 where organization_id = $1 and id = $2 and status = 'active'`,
          values: [...key, tx.now, tx.now + tx.ledger.gracePeriodMs],
        },
  )
}

async function grantPaidCredits(tx: LedgerTransaction, payment: PaymentRow): Promise<boolean> {
  if (payment.subscriptionId === null) return false
  const subscription = await readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: payment.subscriptionId,
  })
  // Credits belong to the period that was paid; one that is over has none to give.
  if (!isInForce(subscription) || subscription.periodId !== payment.billingPeriodId) return false
  await grantPlanCredits(tx, { subscription, withOnce: false })
  return true
}

async function postpone(tx: LedgerTransaction, paymentId: string): Promise<void> {
  await tx.query({
    text: `update payment set next_attempt_at = $4, updated_at = $5
           where organization_id = $1 and customer_id = $2 and id = $3 and status = 'pending'`,
    values: [tx.organizationId, tx.customerId, paymentId, tx.now + RETRY_AFTER_MS, tx.now],
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
