import { currentSubscription, subscribedPrice } from './customer-billing.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import type { WireBilling, WirePrice, WireSubscription } from './wire.ts'

/** A change of a running subscription from one price to another. */
type Running<Kind extends string> = {
  kind: Kind
  target: WirePrice
  from: WirePrice
  subscription: WireSubscription
}

/** A change between two paid plans: the only kind that Flowglad adjusts in place. */
export type BetweenPaid = Running<'between_paid'>

/** Every other change: one through a checkout, one to the free plan, or none at all. */
export type SimpleChange =
  | { kind: 'subscribe' | 'from_free'; target: WirePrice }
  | Running<'current'>
  | Running<'to_free'>

export type PlanChange = SimpleChange | BetweenPaid

/** Classifies a change to a price. Pure. */
export function planChange(billing: WireBilling, priceSlug: string): PlanChange {
  const target = findPrice(billing, priceSlug)
  const subscription = currentSubscription(billing)
  const subscribed = subscription && subscribedPrice(subscription, billing)
  if (!subscription || !subscribed) return { kind: 'subscribe', target }
  const from = subscribed.price
  if (from.id === target.id) return { kind: 'current', target, from, subscription }
  if (subscription.isFreePlan ?? from.unitPrice === 0) return { kind: 'from_free', target }
  if (target.unitPrice === 0) return { kind: 'to_free', target, from, subscription }
  return { kind: 'between_paid', target, from, subscription }
}

function findPrice(billing: WireBilling, priceSlug: string): WirePrice {
  const price = billing.pricingModel.products
    .flatMap((product) => product.prices)
    .find((candidate) => candidate.slug === priceSlug && candidate.active)
  if (!price) {
    throw new FlowgladFailure('not_found', `The customer's pricing model has no "${priceSlug}".`)
  }
  if (price.type !== 'subscription') {
    throw new FlowgladFailure('refused', `"${priceSlug}" is no plan; buy it through a checkout.`)
  }
  return price
}
