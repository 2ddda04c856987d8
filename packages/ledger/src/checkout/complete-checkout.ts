import { processDue } from '../due/process-due.ts'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { findAnyOffer } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { recordPayment, buyProduct } from './buy-product.ts'
import { type CheckoutRow, readCheckout } from './checkout-session.ts'
import type { PaidBy } from '../core/payment-provider.ts'
import { storePaymentMethod } from './store-payment-method.ts'
import { retryOwedPayment } from './retry-owed-payment.ts'
import { hasPaidPlan, secondPlan } from './refuse-second-plan.ts'
import { typed } from '../core/typed.ts'

/**
 * Fulfils a checkout once, however often its payment is reported. When this resolves, the plan is in force and its credits are granted, so
 * they are there when the customer returns to the application.
 */
export async function completeCheckout(
  ledger: Ledger,
  { checkoutSessionId, paidBy }: { checkoutSessionId: string; paidBy: PaidBy },
): Promise<CheckoutRow> {
  const { organizationId, customerId } = await readCheckout(ledger.database, checkoutSessionId)
  const scope = { organizationId, customerId }
  await processDue(ledger, scope)
  const session = await inLedgerTransaction(ledger, scope, async (tx) => {
    const open = await readCheckout(tx, checkoutSessionId)
    if (open.customerId !== customerId) return null
    if (open.status === 'succeeded') return open
    if (!paidBy.moneyIsTaken) refuseClosed(open, tx.now)
    await fulfil(tx, open, paidBy)
    await setCheckoutStatus(tx, { id: open.id, status: 'succeeded' })
    return open
  })
  // The customer was moved while waiting for the lock; a move happens once, so this recursion ends.
  if (!session) return completeCheckout(ledger, { checkoutSessionId, paidBy })
  // An activation leaves a payment to collect, a second plan leaves one to refund.
  await processDue(ledger, scope)
  return session
}

/** Closes a checkout that was abandoned or replaced by another; a paid one stays paid. */
export async function closeCheckout(
  ledger: Ledger,
  checkoutSessionId: string,
  status: 'failed' | 'expired' = 'failed',
): Promise<CheckoutRow> {
  const { organizationId, customerId } = await readCheckout(ledger.database, checkoutSessionId)
  return inLedgerTransaction(ledger, { organizationId, customerId }, async (tx) => {
    const session = await readCheckout(tx, checkoutSessionId)
    if (session.status === 'open') {
      await setCheckoutStatus(tx, { id: checkoutSessionId, status })
    }
    return session
  })
}

async function fulfil(tx: LedgerTransaction, session: CheckoutRow, paidBy: PaidBy): Promise<void> {
  const paymentMethodId = await storePaymentMethod(tx, { session, paidBy })
  switch (session.type) {
    case 'product': {
      const model = await readPricingModel(tx, tx)
      const offer = findAnyOffer(model, { priceId: session.priceId ?? '' })
      const isSecondPlan = offer.price.type === 'subscription' && (await hasPaidPlan(tx))
      // Our own page checks before it takes money; a payment that another provider has already taken is refunded.
      if (isSecondPlan && !paidBy.moneyIsTaken) throw secondPlan()
      const sale = { session, offer, paidBy, paymentMethodId }
      if (isSecondPlan) await recordPayment(tx, sale, { subscription: null, refund: true })
      else await buyProduct(tx, sale)
      return
    }
    case 'activate_subscription':
      await retryOwedPayment(tx, session.targetSubscriptionId)
      return
    case 'add_payment_method':
      return
  }
}

function refuseClosed(session: CheckoutRow, now: number): void {
  if (session.status === 'open' && session.expiresAt > now) return
  throw new LedgerError(
    'CONFLICT',
    session.status === 'open'
      ? 'This checkout has expired. Go back and start a new one.'
      : 'This checkout is closed. Go back and start a new one.',
  )
}

async function setCheckoutStatus(
  tx: LedgerTransaction,
  { id, status }: { id: string; status: CheckoutRow['status'] },
): Promise<void> {
  await typed(tx)
    .updateTable('checkoutSession')
    .set({ status, updatedAt: tx.now })
    .where(({ and }) => and({ organizationId: tx.organizationId, id }))
    .execute()
}
