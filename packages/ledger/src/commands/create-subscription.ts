import { processDue } from '../due/process-due.ts'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { findOffer, type Offer, type PriceReference } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { refuseSecondPlan } from '../checkout/refuse-second-plan.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { insertPayment, readPendingIn } from '../core/payment-row.ts'
import { paymentPending } from '../due/require-paid.ts'
import { writeInvoice } from '../payments/write-invoice.ts'
import { type NewSubscription, startSubscription } from '../subscriptions/start-subscription.ts'
import {
  readCurrentSubscription,
  readSubscription,
  type SubscriptionRow,
} from '../core/subscription-row.ts'
import { switchPlan } from '../subscriptions/switch-plan.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

const DAY_MS = 86_400_000

/** A subscription that a server opens for a customer, without a checkout. */
export type SubscriptionRequest = PriceReference & {
  organizationId: string
  customerId: string
  quantity: number
  doNotCharge: boolean
  trialEnd?: number | undefined
  name?: string | undefined
  metadata?: unknown
}

/**
 * Opens a subscription. If nothing is due it is in force immediately; otherwise the customer's payment method is charged first, and until
 * that succeeds the subscription is incomplete and the old plan stays.
 */
export async function createSubscription(
  ledger: Ledger,
  request: SubscriptionRequest,
): Promise<SubscriptionRow> {
  const { organizationId, customerId } = request
  await processDue(ledger, { organizationId, customerId })
  const { id } = await inLedgerTransaction(ledger, { organizationId, customerId }, async (tx) => {
    await refuseSecondPlan(tx)
    const offer = findOffer(await readPricingModel(tx, tx), request)
    if (offer.price.type !== 'subscription') {
      throw new LedgerError('BAD_REQUEST', `"${offer.price.slug}" is no subscription price.`)
    }
    const total = offer.price.unitPrice * request.quantity
    const trialDays = trialDaysOf(request, offer, tx.now)
    const free = total === 0 || request.doNotCharge || trialDays > 0
    const waiting = await readWaitingStart(tx, { offer, total })
    if (waiting) return waiting
    const opened = await describe(tx, { request, offer, trialDays })
    return free ? startNow(tx, opened) : startWhenPaid(tx, { opened, offer, total })
  })
  await processDue(ledger, { organizationId, customerId })
  return readSubscription(ledger.database, { organizationId, subscriptionId: id })
}

function trialDaysOf(request: SubscriptionRequest, offer: Offer, now: number): number {
  if (request.trialEnd === undefined) return offer.price.trialPeriodDays ?? 0
  return Math.max(Math.ceil((request.trialEnd - now) / DAY_MS), 0)
}

async function describe(
  tx: LedgerTransaction,
  { request, offer, trialDays }: { request: SubscriptionRequest; offer: Offer; trialDays: number },
): Promise<NewSubscription> {
  const method = await typed(tx)
    .selectFrom('paymentMethod')
    .select('id')
    .where(({ and }) => and({ ...scopeOf(tx), isDefault: true }))
    .executeTakeFirst()
  return {
    offer,
    quantity: request.quantity,
    isFreePlan: offer.product.default,
    // A subscription that is not charged starts without credits, as Flowglad's do.
    grantCredits: !request.doNotCharge,
    doNotCharge: request.doNotCharge,
    trialDays,
    paymentMethodId: method?.id ?? null,
    metadata: request.metadata,
    ...(request.name === undefined ? {} : { name: request.name }),
  }
}

/** One plan is started at a time: repeating the request returns the pending payment. */
async function readWaitingStart(
  tx: LedgerTransaction,
  { offer, total }: { offer: Offer; total: number },
): Promise<SubscriptionRow | null> {
  const waiting = await readPendingIn(tx, slotOf(tx))
  if (!waiting || waiting.subscriptionId === null) return null
  const { organizationId } = tx
  const subscription = await readSubscription(tx, {
    organizationId,
    subscriptionId: waiting.subscriptionId,
  })
  if (subscription.priceId === offer.price.id && waiting.amount === total) return subscription
  throw paymentPending('Another plan waits for its payment.')
}

function slotOf({ customerId }: LedgerTransaction): string {
  return `start:${customerId}`
}

async function startNow(tx: LedgerTransaction, opened: NewSubscription): Promise<SubscriptionRow> {
  const from = await readCurrentSubscription(tx, tx)
  return switchPlan(tx, { from, to: opened, reason: 'upgraded_to_paid' })
}

async function startWhenPaid(
  tx: LedgerTransaction,
  { opened, offer, total }: { opened: NewSubscription; offer: Offer; total: number },
): Promise<SubscriptionRow> {
  const subscription = await startSubscription(tx, {
    ...opened,
    status: 'incomplete',
    grantCredits: false,
  })
  const invoiceId = await writeInvoice(tx, {
    type: 'subscription',
    paid: false,
    currency: offer.price.currency,
    subscription,
    lines: [
      {
        priceId: offer.price.id,
        description: offer.price.name ?? offer.product.name,
        price: offer.price.unitPrice,
        quantity: opened.quantity,
      },
    ],
  })
  await insertPayment(tx, {
    reason: 'start',
    amount: total,
    currency: offer.price.currency,
    invoiceId,
    subscriptionId: subscription.id,
    slot: slotOf(tx),
  })
  return subscription
}
