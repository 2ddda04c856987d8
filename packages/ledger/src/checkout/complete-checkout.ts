import { bringUpToDate } from '../due/bring-up-to-date.ts'
import { type Books, openBooks } from '../core/books.ts'
import { findAnyOffer } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { bookPayment, buyProduct } from './buy-product.ts'
import { type CheckoutRow, readCheckout } from './checkout-session.ts'
import type { PaidBy } from '../core/payment-provider.ts'
import { storePaymentMethod } from './store-payment-method.ts'
import { retryOwedPayment } from './retry-owed-payment.ts'
import { hasPaidPlan, secondPlan } from './open-checkout.ts'

/**
 * Does what a checkout was for, once, however often its payment is reported. When this resolves the plan is in force
 * and its credits are there, so whoever returns to the application finds them.
 */
export async function completeCheckout(
  ledger: Ledger,
  { checkoutSessionId, paidBy }: { checkoutSessionId: string; paidBy: PaidBy },
): Promise<CheckoutRow> {
  const { organizationId, customerId } = await readCheckout(ledger.database, checkoutSessionId)
  const scope = { organizationId, customerId }
  await bringUpToDate(ledger, scope)
  const session = await openBooks(ledger, scope, async (books) => {
    const open = await readCheckout(books.transaction, checkoutSessionId)
    if (open.customerId !== customerId) return null
    if (open.status === 'succeeded') return open
    if (!paidBy.moneyIsTaken) refuseClosed(open, books.now)
    await fulfil(books, open, paidBy)
    await setCheckoutStatus(books, { id: open.id, status: 'succeeded' })
    return open
  })
  // Its customer was moved while the lock was taken; a move happens once, so this ends.
  if (!session) return completeCheckout(ledger, { checkoutSessionId, paidBy })
  // An activation leaves a payment to collect, a second plan one to give back.
  await bringUpToDate(ledger, scope)
  return session
}

/** Marks a checkout as given up or declined; one that was paid stays paid. */
export async function failCheckout(
  ledger: Ledger,
  checkoutSessionId: string,
): Promise<CheckoutRow> {
  const { organizationId, customerId } = await readCheckout(ledger.database, checkoutSessionId)
  return openBooks(ledger, { organizationId, customerId }, async (books) => {
    const session = await readCheckout(books.transaction, checkoutSessionId)
    if (session.status === 'open') {
      await setCheckoutStatus(books, { id: checkoutSessionId, status: 'failed' })
    }
    return session
  })
}

async function fulfil(books: Books, session: CheckoutRow, paidBy: PaidBy): Promise<void> {
  const paymentMethodId = await storePaymentMethod(books, { session, paidBy })
  switch (session.type) {
    case 'product': {
      const model = await readPricingModel(books.transaction, books)
      const offer = findAnyOffer(model, { priceId: session.priceId ?? '' })
      const isSecondPlan = offer.price.type === 'subscription' && (await hasPaidPlan(books))
      // Our own page asks before it takes money; what another provider has taken already is given back.
      if (isSecondPlan && !paidBy.moneyIsTaken) throw secondPlan()
      const sale = { session, offer, paidBy, paymentMethodId }
      if (isSecondPlan) await bookPayment(books, sale, { subscription: null, giveBack: true })
      else await buyProduct(books, sale)
      return
    }
    case 'activate_subscription':
      await retryOwedPayment(books, session.targetSubscriptionId)
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
  books: Books,
  { id, status }: { id: string; status: CheckoutRow['status'] },
): Promise<void> {
  await books.transaction.query({
    text: `update checkout_session set status = $3, updated_at = $4 where organization_id = $1 and id = $2`,
    values: [books.organizationId, id, status, books.now],
  })
}
