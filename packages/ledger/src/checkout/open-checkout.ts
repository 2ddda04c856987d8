import { sql } from 'kysely'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { findOffer, type Offer, type PriceReference } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { currentCustomer } from '../due/current-customer.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError, notFound } from '../core/ledger-error.ts'
import { readCurrentSubscription, readSubscription } from '../core/subscription-row.ts'
import { type CheckoutRow, type CheckoutType, readCheckout } from './checkout-session.ts'
import { hadTrial } from './had-trial.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Sessions end after a day, as Flowglad's do. */
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
  /** The language of the page; the browser's own without it. */
  language?: string | undefined
}

/** Opens a checkout and returns the URL of its page. */
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
  const { id, pageUrl, offer, trial } = await inLedgerTransaction(ledger, scope, async (tx) => {
    const found = request.type === 'product' ? await findSellable(tx, request) : null
    await refuseForeignTarget(tx, request)
    const first = Boolean(found?.price.trialPeriodDays) && !(await hadTrial(tx))
    const same = found?.price.type === 'subscription' && (await findSame(tx, request, found))
    const opened = same || { id: await insertCheckout(tx, request, found), pageUrl: null }
    return { ...opened, offer: found, trial: first }
  })
  const session = await readCheckout(ledger.database, id)
  // Our own page is opened anew, in the language that is asked for now.
  if (pageUrl !== null && ledger.payments.reports) return { session, url: pageUrl }
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
    // A trial costs nothing now; the card is charged when it ends.
    setupOnly: request.type !== 'product' || trial,
  })
  await storePage(ledger, { id, ...page })
  return { session, url: page.url }
}

function refuseForeignReturn(ledger: Ledger, url: string): void {
  if (ledger.isAllowedReturn(url)) return
  throw new LedgerError(
    'BAD_REQUEST',
    `"${url}" is not an allowed return address; people would be sent to a site that is not yours. ` +
      'Allow its origin where the backend is started.',
  )
}

/** Refuses what cannot be bought through a checkout: the free plan, usage prices and a second plan. */
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

/** A customer with a paid plan changes it by an adjustment, which credits what is already paid. */
export async function refuseSecondPlan(tx: LedgerTransaction): Promise<void> {
  if (await hasPaidPlan(tx)) throw secondPlan()
}

/** Whether a customer has a paid plan in force. */
export async function hasPaidPlan(tx: LedgerTransaction): Promise<boolean> {
  const current = await readCurrentSubscription(tx, tx)
  return current !== null && !current.isFreePlan
}

/** The refusal of a second plan. */
export function secondPlan(): LedgerError {
  return new LedgerError(
    'CONFLICT',
    'The customer has a paid plan already: change it with POST /subscriptions/:id/adjust.',
  )
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

/** Only one checkout per plan is open at a time: two could both be paid. */
function findSame(tx: LedgerTransaction, request: NewCheckout, { price }: Offer) {
  const { quantity, successUrl, cancelUrl, outputName, outputMetadata } = request
  return (
    typed(tx)
      .selectFrom('checkoutSession')
      .select(['id', 'pageUrl'])
      .where(({ and }) => and({ ...scopeOf(tx), type: 'product', status: 'open' }))
      .where(({ and }) => and({ priceId: price.id, quantity, successUrl, cancelUrl }))
      .where('outputName', 'is not distinct from', outputName ?? null)
      .where('outputMetadata', 'is not distinct from', sql`${jsonValue(outputMetadata)}::jsonb`)
      // A page that is about to expire would not be paid in time.
      .where('expiresAt', '>', tx.now + LIFETIME_MS / 2)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )
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
