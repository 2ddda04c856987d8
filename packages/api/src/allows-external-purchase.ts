/** The one storefront in which an iPhone app may link to a purchase outside Apple's store. */
const STOREFRONT_WITH_LINKS = 'USA'

/**
 * Whether the caller's platform allows an offer to buy. Apple rejects apps that sell digital credits outside its store, except in the US;
 * an iPhone without a known storefront counts as one elsewhere.
 */
export function allowsExternalPurchase(headers: Headers): boolean {
  if (headers.get('x-client-platform') !== 'ios') return true
  return headers.get('x-storefront') === STOREFRONT_WITH_LINKS
}
