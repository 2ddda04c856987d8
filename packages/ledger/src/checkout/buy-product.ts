import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { Offer } from '../catalog/find-offer.ts'
import { issueGrant } from '../credits/issue-grant.ts'
import { jsonValue } from '../core/json-value.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { insertPayment } from '../core/payment-row.ts'
import { writeInvoice } from '../payments/write-invoice.ts'
import { readCurrentSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { switchPlan } from '../subscriptions/switch-plan.ts'
import { announce } from '../core/announce.ts'
import type { CheckoutRow } from './checkout-session.ts'
import { hadTrial } from './had-trial.ts'
import type { PaidBy } from '../core/payment-provider.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

type Sale = { session: CheckoutRow; offer: Offer; paidBy: PaidBy; paymentMethodId: string }

/** Fulfils a purchase: starts the plan with its credits, or grants a top-up. */
export async function buyProduct(tx: LedgerTransaction, sale: Sale): Promise<void> {
  const isPlan = sale.offer.price.type === 'subscription'
  const subscription = isPlan ? await startPlan(tx, sale) : await topUp(tx, sale)
  const paid = sale.offer.price.unitPrice * sale.session.quantity
  const trial = subscription.trialEnd !== null && isPlan
  const paymentId =
    paid > 0 && !trial ? await recordPayment(tx, sale, { subscription, refund: false }) : null
  await insertPurchase(tx, sale, paymentId)
}

async function startPlan(tx: LedgerTransaction, sale: Sale): Promise<SubscriptionRow> {
  const { offer, session, paymentMethodId } = sale
  const from = await readCurrentSubscription(tx, tx)
  const trialDays = (await hadTrial(tx)) ? 0 : (offer.price.trialPeriodDays ?? 0)
  return switchPlan(tx, {
    from,
    reason: 'upgraded_to_paid',
    to: {
      offer,
      quantity: session.quantity,
      isFreePlan: false,
      grantCredits: true,
      trialDays,
      paymentMethodId,
      metadata: session.outputMetadata,
      ...(session.outputName === null ? {} : { name: session.outputName }),
    },
  })
}

/** Grants the credits of a single payment. They never expire, and survive a change of plan. */
async function topUp(tx: LedgerTransaction, { session, offer }: Sale): Promise<SubscriptionRow> {
  const subscription = await readCurrentSubscription(tx, tx)
  if (!subscription) {
    throw new LedgerError(
      'BAD_REQUEST',
      'The customer has no subscription the credits could go to.',
    )
  }
  for (const feature of offer.product.features) {
    if (feature.amount === null || feature.usageMeterId === null) continue
    await issueGrant(tx, {
      subscriptionId: subscription.id,
      usageMeterId: feature.usageMeterId,
      source: 'topup',
      name: feature.name,
      amount: feature.amount * session.quantity,
      expiresAt: null,
      reason: `checkout:${session.id}:${feature.id}`,
    })
  }
  return subscription
}

/** Records a payment with its invoice; `refund` when it bought nothing. */
export async function recordPayment(
  tx: LedgerTransaction,
  { session, offer, paidBy }: Sale,
  paid: { subscription: SubscriptionRow | null; refund: boolean },
): Promise<string> {
  const { subscription, refund } = paid
  const { price, product } = offer
  const isPlan = price.type === 'subscription'
  if (tx.ledger.payments.reports && !paidBy.moneyIsTaken) {
    throw new LedgerError(
      'PAYMENT_FAILED',
      'The trial was used up meanwhile, and nothing was paid. Start a new checkout.',
    )
  }
  const invoiceId = await writeInvoice(tx, {
    type: isPlan ? 'subscription' : 'purchase',
    paid: true,
    currency: price.currency,
    ...(isPlan && subscription ? { subscription } : {}),
    lines: [
      {
        priceId: price.id,
        description: price.name ?? product.name,
        price: price.unitPrice,
        quantity: session.quantity,
      },
    ],
  })
  const paymentId = await insertPayment(tx, {
    reason: 'checkout',
    amount: price.unitPrice * session.quantity,
    currency: price.currency,
    invoiceId,
    subscriptionId: subscription?.id,
    checkoutSessionId: session.id,
    takenAs: paidBy.reference,
    refund,
  })
  await announce(tx, { type: 'payment.succeeded', object: 'payment', id: paymentId })
  return paymentId
}

async function insertPurchase(
  tx: LedgerTransaction,
  sale: Sale,
  paymentId: string | null,
): Promise<void> {
  const { session, offer } = sale
  const id = tx.ledger.newId('purch')
  await typed(tx)
    .insertInto('purchase')
    .values({
      ...scopeOf(tx),
      id,
      priceId: offer.price.id,
      priceType: offer.price.type,
      status: 'paid',
      name: offer.product.name,
      quantity: session.quantity,
      firstInvoiceValue: offer.price.unitPrice * session.quantity,
      pricingModelId: tx.pricingModelId,
      paymentId,
      metadata: jsonValue(session.outputMetadata),
      purchasedAt: tx.now,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .execute()
  await announce(tx, { type: 'purchase.completed', object: 'purchase', id })
}
