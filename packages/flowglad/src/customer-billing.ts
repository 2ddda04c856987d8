import {
  type CustomerBilling,
  type CustomerId,
  type FeatureSlug,
  isFeatureSlug,
  isPriceSlug,
} from '@tollgate/contract'
import { entitlements } from './entitlements.ts'
import { isInForce } from './is-in-force.ts'
import { meterStandings } from './meter-standings.ts'
import type { WireBilling, WireSubscription } from './wire.ts'

/** Says in our words what Flowglad says of a customer. */
export function customerBilling(
  billing: WireBilling,
  customerId: CustomerId,
  now: Date,
): CustomerBilling {
  const subscription = currentSubscription(billing)
  return {
    customerId,
    subscription: subscription && describeSubscription(subscription, billing),
    features: subscription ? toggles(subscription, now) : [],
    meters: meterStandings(subscription, now),
  }
}

/** The subscription that counts: the newest current one. */
export function currentSubscription(billing: WireBilling): WireSubscription | null {
  return billing.currentSubscription ?? billing.currentSubscriptions?.[0] ?? null
}

/** The product and price of a subscription in its pricing model. */
export function subscribedPrice(subscription: WireSubscription, billing: WireBilling) {
  for (const product of billing.pricingModel.products) {
    const price = product.prices.find((candidate) => candidate.id === subscription.priceId)
    if (price) return { product, price }
  }
  return null
}

function describeSubscription(
  subscription: WireSubscription,
  billing: WireBilling,
): CustomerBilling['subscription'] {
  const subscribed = subscribedPrice(subscription, billing)
  const priceSlug = subscribed?.price.slug ?? ''
  return {
    id: subscription.id,
    status: subscription.status,
    planSlug: subscribed?.product.slug ?? 'unknown',
    planName: subscribed?.product.name ?? subscription.name ?? 'Your plan',
    priceSlug: isPriceSlug(priceSlug) ? priceSlug : null,
    isFree: subscription.isFreePlan ?? subscribed?.price.unitPrice === 0,
    periodStart: instant(subscription.currentBillingPeriodStart),
    periodEnd: instant(subscription.currentBillingPeriodEnd),
    cancelsAt: instant(subscription.cancelScheduledAt),
    scheduledChangeAt: instant(subscription.scheduledAdjustmentAt),
  }
}

function toggles(subscription: WireSubscription, now: Date): FeatureSlug[] {
  const slugs = (subscription.experimental?.featureItems ?? [])
    .filter((item) => item.type === 'toggle' && isInForce(item, now))
    .map((item) => item.slug)
  return entitlements(subscription.status, [...new Set(slugs)].filter(isFeatureSlug))
}

function instant(milliseconds: number | null | undefined): string | null {
  return typeof milliseconds === 'number' ? new Date(milliseconds).toISOString() : null
}
