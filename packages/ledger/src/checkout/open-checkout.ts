import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { findOffer, type Offer, type PriceReference } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { currentCustomer } from '../due/current-customer.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { readSubscription } from '../core/subscription-row.ts'
import { applyReport } from './apply-report.ts'
import { type CheckoutRow, type CheckoutType, readCheckout } from './checkout-session.ts'
import { closeCheckout } from './complete-checkout.ts'
import { findOpenCheckouts, type OpenCheckout } from './find-open-checkouts.ts'
import { hadTrial } from './had-trial.ts'
import { refuseSecondPlan } from './refuse-second-plan.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Sessions expire after a day, as Flowglad's do. */
const LIFETIME_MS = 86_400_000

/** A checkout to open. */
export type NewCheckout = PriceReference & {
  organizationId: string
  type: CheckoutType
  customerExternalId: string
  quantity: number
  successUrl: string
  cancelUrl: string
  outputName?: string | undefined
  outputMetadata?: unknown
  targetSubscriptionId?: string | undefined
  /** The language of the page; by default the browser's. */
  language?: string | undefined
}

/**
 * Opens a checkout and returns the URL of its page. Only one per plan is open at a time, because two could both be paid: a second request
 * returns the same page, or replaces one that is about to expire.
 */
export async function openCheckout(
  ledger: Ledger,
  request: NewCheckout,
): Promise<{ session: CheckoutRow; url: string }> {
  for (const url of [request.successUrl, request.cancelUrl]) refuseForeignReturn(ledger, url)
  const { organizationId } = request
  const customer = await currentCustomer(ledger, {
    organizationId,
    externalId: request.customerExternalId,
  })
  const scope = { organizationId, customerId: customer.id }
  const { same, stale, ...opened } = await inLedgerTransaction(ledger, scope, (tx) =>
    insertOrFind(tx, request),
  )
  if (stale.length > 0) {
    for (const old of stale) await replace(ledger, old)
    return openCheckout(ledger, request)
  }
  const { id, offer, trial } = opened
  const { reports } = ledger.payments
  // Our own page is reopened in the requested language.
  if (same?.pageUrl && reports) {
    const report = same.providerReference && (await reports.readCheckout(same.providerReference))
    if (!report) return { session: await readCheckout(ledger.database, id), url: same.pageUrl }
    // Its outcome was not reported to us: if it was paid, the plan is in force now; if it was abandoned, another checkout is opened.
    await applyReport(ledger, report)
    return openCheckout(ledger, request)
  }
  const session = await readCheckout(ledger.database, id)
  const page = await ledger.payments.openCheckout({
    organizationId,
    checkoutSessionId: id,
    description: offer?.product.name ?? 'Payment method',
    quantity: request.quantity,
    unitPrice: offer?.price.unitPrice ?? 0,
    currency: offer?.price.currency ?? 'USD',
    customerEmail: session.customerEmail,
    successUrl: request.successUrl,
    cancelUrl: request.cancelUrl,
    language: request.language,
    // A trial costs nothing now; the card is charged at its end.
    setupOnly: request.type !== 'product' || trial,
  })
  await storePage(ledger, { id, ...page })
  return { session, url: page.url }
}

/** The checkout to open: a new one, or the identical one that is already open; none when older ones have to be closed first. */
async function insertOrFind(tx: LedgerTransaction, request: NewCheckout) {
  const offer = request.type === 'product' ? await findSellable(tx, request) : null
  await refuseForeignTarget(tx, request)
  const trial = Boolean(offer?.price.trialPeriodDays) && !(await hadTrial(tx))
  const isPlan = offer?.price.type === 'subscription'
  const { same, stale } = isPlan
    ? await findOpenCheckouts(tx, request, offer.price.id)
    : { same: null, stale: [] }
  const isWaiting = same !== null || stale.length > 0
  const id = isWaiting ? (same?.id ?? '') : await insertCheckout(tx, request, offer)
  return { id, offer, trial, same, stale }
}

function refuseForeignReturn(ledger: Ledger, url: string): void {
  if (ledger.isAllowedReturn(url)) return
  throw new LedgerError(
    'BAD_REQUEST',
    `"${url}" is not an allowed return address; people would be sent to a site that is not yours. ` +
      'Allow its origin where the backend is started.',
  )
}

/** Refuses what a checkout cannot sell: the free plan, usage prices and a second plan. */
async function findSellable(tx: LedgerTransaction, request: NewCheckout): Promise<Offer> {
  const model = await readPricingModel(tx, tx)
  const offer = findOffer(model, request)
  if (offer.product.default) {
    throw new LedgerError(
      'BAD_REQUEST',
      `"${offer.price.slug}" is the free plan: it needs no checkout.`,
    )
  }
  if (offer.price.type === 'subscription') await refuseSecondPlan(tx)
  return offer
}

async function refuseForeignTarget(tx: LedgerTransaction, request: NewCheckout): Promise<void> {
  const subscriptionId = request.targetSubscriptionId
  if (subscriptionId === undefined) return
  const target = await readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId,
  })
  if (target.customerId !== tx.customerId) throw notFound('subscription', subscriptionId)
}

/** Closes a checkout that is about to expire, at the provider as well; one that was paid there meanwhile is fulfilled. */
async function replace(ledger: Ledger, old: OpenCheckout): Promise<void> {
  const { id, providerReference, expiresAt } = old
  const report =
    providerReference && (await ledger.payments.reports?.closeCheckout(providerReference))
  const isPaid = report && report.outcome === 'paid'
  // A trial that was completed too late took no money, so its customer starts over.
  const counts = isPaid && (report.paidBy.moneyIsTaken || expiresAt > ledger.clock.now())
  if (counts) await applyReport(ledger, report)
  else await closeCheckout(ledger, id, 'expired')
}

async function insertCheckout(
  tx: LedgerTransaction,
  request: NewCheckout,
  offer: Offer | null,
): Promise<string> {
  const id = tx.ledger.newId('chckt_session')
  await typed(tx)
    .insertInto('checkoutSession')
    .values({
      ...scopeOf(tx),
      id,
      pricingModelId: tx.pricingModelId,
      type: request.type,
      status: 'open',
      priceId: offer?.price.id,
      quantity: request.quantity,
      successUrl: request.successUrl,
      cancelUrl: request.cancelUrl,
      outputName: request.outputName,
      outputMetadata: jsonValue(request.outputMetadata),
      targetSubscriptionId: request.targetSubscriptionId,
      expiresAt: tx.now + LIFETIME_MS,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .execute()
  return id
}

async function storePage(
  ledger: Ledger,
  page: { id: string; url: string; reference: string | null },
) {
  await typed(ledger.database)
    .updateTable('checkoutSession')
    .set({ providerReference: page.reference, pageUrl: page.url })
    .where('id', '=', page.id)
    .execute()
}
