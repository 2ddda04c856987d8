import type { BillingBackend, Offer } from '@tollgate/contract'

/** Prices change rarely, and every visitor of the plans page asks. */
const OFFERS_KEPT_MS = 60_000

/** The backend's offers, at most a minute old; older ones when the backend cannot be asked. */
export async function readOffersCached(backend: BillingBackend): Promise<Offer[]> {
  const kept = cache.get(backend)
  if (kept && performance.now() - kept.readAt < OFFERS_KEPT_MS) return kept.offers
  try {
    const offers = await backend.readOffers()
    cache.set(backend, { offers, readAt: performance.now() })
    return offers
  } catch (error) {
    if (kept) return kept.offers
    throw error
  }
}

const cache = new WeakMap<BillingBackend, { offers: Offer[]; readAt: number }>()
