import type { CustomerBilling, Offer } from '@tollgate/contract'

/** What a customer can do with a plan: the verb on its button. */
export type PlanVerb = 'current' | 'scheduled' | 'subscribe' | 'upgrade' | 'downgrade'

/** The verb of every plan on offer, for a customer with this subscription. */
export function planVerbs(
  offers: readonly Offer[],
  subscription: CustomerBilling['subscription'],
): { priceSlug: string; verb: PlanVerb }[] {
  const plans = offers.filter(({ kind }) => kind === 'plan')
  const current = plans.find(({ priceSlug }) => priceSlug === subscription?.priceSlug)
  return plans.map((offer) => ({
    priceSlug: offer.priceSlug,
    verb: planVerb(offer, subscription, current?.unitPrice ?? 0),
  }))
}

/** The verb of one plan. */
export function planVerb(
  offer: Pick<Offer, 'priceSlug' | 'unitPrice'>,
  subscription: CustomerBilling['subscription'],
  currentPrice: number,
): PlanVerb {
  if (!subscription) return 'subscribe'
  if (subscription.priceSlug === offer.priceSlug) return 'current'
  if (subscription.cancelsAt && offer.unitPrice === 0) return 'scheduled'
  return offer.unitPrice > currentPrice ? 'upgrade' : 'downgrade'
}
