import type { CustomerBilling, Offer } from '@tollgate/contract'

export type PlanVerb = 'current' | 'scheduled' | 'subscribe' | 'upgrade' | 'downgrade'

/** What the button of a plan says before the server's preview says it for certain. */
export function planVerb(
  offer: Pick<Offer, 'priceSlug' | 'unitPrice'>,
  subscription: CustomerBilling['subscription'],
  currentPrice: number,
): PlanVerb {
  if (!subscription) return 'subscribe'
  const isCurrent = subscription.priceSlug === offer.priceSlug
  if (isCurrent) return 'current'
  if (subscription.cancelsAt && offer.unitPrice === 0) return 'scheduled'
  return offer.unitPrice > currentPrice ? 'upgrade' : 'downgrade'
}
