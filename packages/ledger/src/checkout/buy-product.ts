import type { Books } from '../core/books.ts'
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

type Sale = { session: CheckoutRow; offer: Offer; paidBy: PaidBy; paymentMethodId: string }

/** Hands over what was bought: a plan in force with its credits, or a top-up. */
export async function buyProduct(books: Books, sale: Sale): Promise<void> {
  const isPlan = sale.offer.price.type === 'subscription'
  const subscription = isPlan ? await startPlan(books, sale) : await topUp(books, sale)
  const paid = sale.offer.price.unitPrice * sale.session.quantity
  const trial = subscription.trialEnd !== null && isPlan
  const paymentId =
    paid > 0 && !trial ? await bookPayment(books, sale, { subscription, giveBack: false }) : null
  await insertPurchase(books, sale, paymentId)
}

async function startPlan(books: Books, sale: Sale): Promise<SubscriptionRow> {
  const { offer, session, paymentMethodId } = sale
  const from = await readCurrentSubscription(books.transaction, books)
  const trialDays = (await hadTrial(books)) ? 0 : (offer.price.trialPeriodDays ?? 0)
  return switchPlan(books, {
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

/** Gives the credits of a single payment. They never expire, and move along when the plan changes. */
async function topUp(books: Books, { session, offer }: Sale): Promise<SubscriptionRow> {
  const subscription = await readCurrentSubscription(books.transaction, books)
  if (!subscription) {
    throw new LedgerError(
      'BAD_REQUEST',
      'The customer has no subscription the credits could go to.',
    )
  }
  for (const feature of offer.product.features) {
    if (feature.amount === null || feature.usageMeterId === null) continue
    await issueGrant(books, {
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

/** Writes down what was paid, with its invoice; `giveBack` when it bought nothing. */
export async function bookPayment(
  books: Books,
  { session, offer, paidBy }: Sale,
  paid: { subscription: SubscriptionRow | null; giveBack: boolean },
): Promise<string> {
  const { subscription, giveBack } = paid
  const { price, product } = offer
  const isPlan = price.type === 'subscription'
  if (books.ledger.payments.reports && !paidBy.moneyIsTaken) {
    throw new LedgerError(
      'PAYMENT_FAILED',
      'The trial was used up meanwhile, and nothing was paid. Start a new checkout.',
    )
  }
  const invoiceId = await writeInvoice(books, {
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
  const paymentId = await insertPayment(books, {
    reason: 'checkout',
    amount: price.unitPrice * session.quantity,
    currency: price.currency,
    invoiceId,
    subscriptionId: subscription?.id,
    checkoutSessionId: session.id,
    takenAs: paidBy.reference,
    giveBack,
  })
  await announce(books, { type: 'payment.succeeded', object: 'payment', id: paymentId })
  return paymentId
}

async function insertPurchase(books: Books, sale: Sale, paymentId: string | null): Promise<void> {
  const { session, offer } = sale
  const id = books.ledger.newId('purch')
  await books.transaction.query({
    text: `insert into purchase
             (organization_id, customer_id, id, price_id, price_type, status, name, quantity, first_invoice_value,
              pricing_model_id, payment_id, metadata, purchased_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, 'paid', $6, $7, $8, $9, $10, $11, $12, $12, $12)`,
    values: [
      books.organizationId,
      books.customerId,
      id,
      offer.price.id,
      offer.price.type,
      offer.product.name,
      session.quantity,
      offer.price.unitPrice * session.quantity,
      books.pricingModelId,
      paymentId,
      jsonValue(session.outputMetadata),
      books.now,
    ],
  })
  await announce(books, { type: 'purchase.completed', object: 'purchase', id })
}
