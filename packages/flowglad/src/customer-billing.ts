import type { Catalog, CustomerBilling, CustomerId } from '@tollgate/contract'
import { entitlements } from './entitlements.ts'
import { isInForce } from './is-in-force.ts'
import { meterStandings } from './meter-standings.ts'
import type { WireBilling, WireSubscription } from './wire.ts'

/** Maps Flowglad's billing of a customer to that of the port. */
export function customerBilling(
  billing: WireBilling,
  { catalog, customerId, now }: { catalog: Catalog; customerId: CustomerId; now: Date },
): CustomerBilling {
  const subscription = currentSubscription(billing)
  return {
    customerId,
    subscription: subscription && describeSubscription(catalog, subscription, billing),
    features: subscription ? toggles(catalog, subscription, now) : [],
    meters: meterStandings(catalog, subscription, now),
  }
}

/** The relevant subscription: the newest current one. */
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
  catalog: Catalog,
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
    priceSlug: Object.hasOwn(catalog.prices, priceSlug) ? priceSlug : null,
    isFree: subscription.isFreePlan ?? subscribed?.price.unitPrice === 0,
    periodStart: instant(subscription.currentBillingPeriodStart),
    periodEnd: instant(subscription.currentBillingPeriodEnd),
    cancelsAt: instant(subscription.cancelScheduledAt),
    scheduledChangeAt: instant(subscription.scheduledAdjustmentAt),
  }
}

function toggles(catalog: Catalog, subscription: WireSubscription, now: Date): string[] {
  const slugs = (subscription.experimental?.featureItems ?? [])
    .filter((item) => item.type === 'toggle' && isInForce(item, now))
    .map((item) => item.slug)
  return entitlements(
    subscription.status,
    [...new Set(slugs)].filter((slug) => Object.hasOwn(catalog.features, slug)),
  )
}

function instant(milliseconds: number | null | undefined): string | null {
  return typeof milliseconds === 'number' ? new Date(milliseconds).toISOString() : null
}
