import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { sql } from 'kysely'
import { type CustomerScope, scopeOf } from '../core/customer-scope.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import type { Ledger } from '../core/ledger.ts'
import { activateSubscription } from '../subscriptions/activate-subscription.ts'
import { applyAdjustment } from '../subscriptions/apply-adjustment.ts'
import { isInForce, readSubscription } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'
import { announce } from '../core/announce.ts'
import { PAYMENT_COLUMNS, type PaymentRow } from '../core/payment-row.ts'
import type { ChargeResult } from '../core/payment-provider.ts'

/** The delay before a provider that did not answer is asked again. */
const RETRY_AFTER_MS = 60_000

/** Collects a pending payment and applies it; false while the provider does not answer. */
export async function collectPayment(
  ledger: Ledger,
  scope: CustomerScope,
  payment: PaymentRow,
): Promise<boolean> {
  if (!(await inLedgerTransaction(ledger, scope, (tx) => markAttempted(tx, payment)))) return true
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
  // With two concurrent collectors the provider charges once, and the second one has nothing left to do.
  if (!payment) return
  const succeeded = result.outcome === 'succeeded'
  await announce(tx, {
    type: succeeded ? 'payment.succeeded' : 'payment.failed',
    object: 'payment',
    id: payment.id,
  })
  if (payment.reason === 'renewal') await setSubscriptionStatus(tx, payment, succeeded)
  if (succeeded && !(await fulfil(tx, payment))) await scheduleRefund(tx, payment.id)
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

async function scheduleRefund(tx: LedgerTransaction, id: string): Promise<void> {
  await typed(tx)
    .updateTable('payment')
    .set({ refundDueAt: tx.now, updatedAt: tx.now })
    .where(({ and }) => and({ ...scopeOf(tx), id }))
    .execute()
}

/** From here on a payment is kept until the provider reports its outcome. False if it was already dropped. */
async function markAttempted(tx: LedgerTransaction, { id, attempt }: PaymentRow): Promise<boolean> {
  const asked = await typed(tx)
    .updateTable('payment')
    .set(({ fn, val }) => ({ askedAt: fn.coalesce('askedAt', val(tx.now)) }))
    .where(({ and }) => and({ ...scopeOf(tx), id, status: 'pending', attempt }))
    .returning('id')
    .executeTakeFirst()
  return asked !== undefined
}

async function concludePayment(
  tx: LedgerTransaction,
  id: string,
  result: ChargeResult,
): Promise<PaymentRow | null> {
  const succeeded = result.outcome === 'succeeded'
  const payment = await typed(tx)
    .updateTable('payment')
    .set({
      status: succeeded ? 'succeeded' : 'failed',
      providerReference: succeeded ? result.reference : null,
      failure: succeeded ? null : result.reason,
      nextAttemptAt: null,
      updatedAt: tx.now,
    })
    .where(({ and }) => and({ ...scopeOf(tx), id, status: 'pending' }))
    .returning(PAYMENT_COLUMNS)
    .executeTakeFirst()
  if (!payment) return null
  // An unpaid change of plan is void; an unpaid period is still owed.
  const status = succeeded ? 'paid' : payment.reason === 'adjustment' ? 'void' : 'open'
  await typed(tx)
    .updateTable('invoice')
    .set({ status, updatedAt: tx.now })
    .where(({ and }) => and(scopeOf(tx)))
    .where('id', '=', payment.invoiceId)
    .execute()
  return payment
}

/**
 * Paid: active. Not paid: past due, in force without this period's credits until the grace period ends. No period follows an unpaid one.
 */
async function setSubscriptionStatus(
  tx: LedgerTransaction,
  payment: PaymentRow,
  paid: boolean,
): Promise<void> {
  const graceEndsAt = tx.now + tx.ledger.gracePeriodMs
  await typed(tx)
    .updateTable('subscription')
    .set({ updatedAt: tx.now, status: paid ? 'active' : 'past_due' })
    .set({ graceEndsAt: paid ? null : sql<number>`least(${graceEndsAt}, period_end)` })
    .where('organizationId', '=', tx.organizationId)
    .where('id', '=', payment.subscriptionId)
    .where('status', '=', paid ? 'past_due' : 'active')
    .execute()
}

async function grantPaidCredits(tx: LedgerTransaction, payment: PaymentRow): Promise<boolean> {
  if (payment.subscriptionId === null) return false
  const subscription = await readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: payment.subscriptionId,
  })
  // Credits belong to the period that was paid; a past period has none to grant.
  if (!isInForce(subscription) || subscription.periodId !== payment.billingPeriodId) return false
  await grantPlanCredits(tx, { subscription, withOnce: false })
  return true
}

async function postpone(tx: LedgerTransaction, id: string): Promise<void> {
  await typed(tx)
    .updateTable('payment')
    .set({ nextAttemptAt: tx.now + RETRY_AFTER_MS, updatedAt: tx.now })
    .where(({ and }) => and({ ...scopeOf(tx), id, status: 'pending' }))
    .execute()
}

async function readDefaultMethod(ledger: Ledger, scope: CustomerScope): Promise<string | null> {
  const method = await typed(ledger.database)
    .selectFrom('paymentMethod')
    .select('providerReference')
    .where(({ and }) => and({ ...scopeOf(scope), isDefault: true }))
    .executeTakeFirst()
  return method?.providerReference ?? null
}
