/** The one storefront in which an iPhone app may lead to a purchase outside of Apple's own. */
const STOREFRONT_WITH_LINKS = 'USA'

/**
 * Whether the caller's platform allows an offer to buy. Apple refuses apps that sell digital credits outside its store, except in the
 * US; an iPhone that does not name its storefront is treated as one elsewhere.
 */
export function allowsExternalPurchase(headers: Headers): boolean {
  if (headers.get('x-client-platform') !== 'ios') return true
  return headers.get('x-storefront') === STOREFRONT_WITH_LINKS
}
