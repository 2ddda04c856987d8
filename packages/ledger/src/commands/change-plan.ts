import { findOffer, type Offer } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { openCheckout } from '../checkout/open-checkout.ts'
import { currentCustomer } from '../due/current-customer.ts'
import { readPaymentMethods } from '../customers/read-payment-methods.ts'
import type { Ledger } from '../core/ledger.ts'
import type { PlanChangeOutcome } from '../core/schemas/operator.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { paymentPending } from '../due/require-paid.ts'
import { adjustSubscription } from './adjust-subscription.ts'
import { cancelSubscription } from './cancel-subscription.ts'
import { createSubscription } from './create-subscription.ts'
import type { AdjustmentTiming } from '../subscriptions/plan-adjustment.ts'
import { readCurrentSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'

/** The plan to move a customer to. */
export type PlanChange = {
  organizationId: string
  externalId: string
  priceSlug: string
  timing: AdjustmentTiming
  /** Where a checkout returns to, if one is needed; by default the customer's page in the console. */
  returnUrl?: string | undefined
}

/** Moves a customer to a plan: starts it, adjusts the current one, or cancels that in favor of the free one. */
export async function changePlan(ledger: Ledger, change: PlanChange): Promise<PlanChangeOutcome> {
  const { organizationId } = change
  const customer = await currentCustomer(ledger, change)
  const scope = { organizationId, customerId: customer.id }
  const model = await readPricingModel(ledger.database, { ...customer, organizationId })
  const offer = findOffer(model, { priceSlug: change.priceSlug })
  const current = await readCurrentSubscription(ledger.database, scope)
  refuseSame(current, offer)
  if (offer.product.default) return toFreePlan(ledger, change, current)
  if (!current || current.isFreePlan) return startPaidPlan(ledger, { change, scope })
  const decided = await adjustSubscription(ledger, {
    organizationId,
    subscriptionId: current.id,
    items: [{ priceSlug: change.priceSlug, quantity: 1 }],
    timing: change.timing,
    prorate: true,
  })
  const scheduled = decided.timing === 'at_end_of_current_billing_period'
  return {
    outcome: scheduled ? 'scheduled' : 'changed',
    effectiveAt: decided.effectiveAt,
    url: null,
  }
}

function refuseSame(current: SubscriptionRow | null, { price, product }: Offer): void {
  if (current?.priceId !== price.id) return
  throw new LedgerError('CONFLICT', `The customer is on "${product.name}" already.`)
}

async function toFreePlan(
  ledger: Ledger,
  { organizationId, timing }: PlanChange,
  current: SubscriptionRow | null,
): Promise<PlanChangeOutcome> {
  if (!current) throw new LedgerError('BAD_REQUEST', 'The customer has no subscription to end.')
  const atOnce = timing === 'immediately'
  await cancelSubscription(ledger, {
    organizationId,
    subscriptionId: current.id,
    timing: atOnce ? 'immediately' : 'at_end_of_current_billing_period',
  })
  return atOnce
    ? { outcome: 'changed', effectiveAt: ledger.clock.now(), url: null }
    : { outcome: 'scheduled', effectiveAt: current.periodEnd, url: null }
}

async function startPaidPlan(
  ledger: Ledger,
  { change, scope }: { change: PlanChange; scope: { organizationId: string; customerId: string } },
): Promise<PlanChangeOutcome> {
  const methods = await readPaymentMethods(ledger.database, scope)
  if (methods.length === 0) {
    const returnUrl = change.returnUrl ?? ledger.billingPortalUrl
    if (returnUrl === null) {
      throw new LedgerError(
        'BAD_REQUEST',
        'The plan has to be paid in a checkout first. Set BILLING_PORTAL_URL, or say in "returnUrl" where that leads back to.',
      )
    }
    const { url } = await openCheckout(ledger, {
      organizationId: change.organizationId,
      type: 'product',
      customerExternalId: change.externalId,
      priceSlug: change.priceSlug,
      quantity: 1,
      successUrl: returnUrl,
      cancelUrl: returnUrl,
    })
    return { outcome: 'checkout', effectiveAt: null, url }
  }
  const { id, status } = await createSubscription(ledger, {
    ...scope,
    priceSlug: change.priceSlug,
    quantity: 1,
    doNotCharge: false,
  })
  const waiting = await typed(ledger.database)
    .selectFrom('payment')
    .select('id')
    .where(({ and }) => and({ ...scope, subscriptionId: id, status: 'pending' }))
    .executeTakeFirst()
  if (waiting) throw paymentPending('The payment has no answer yet.')
  const outcome = status === 'incomplete' ? 'payment_failed' : 'changed'
  return { outcome, effectiveAt: ledger.clock.now(), url: null }
}
