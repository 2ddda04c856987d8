import type { BillingBackend, Logger, Offer } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'

/** Prices change rarely, but every visit to the plans page requests them. */
const OFFERS_KEPT_MS = 60_000

/** The backend's offers, or none if they cannot be read: for responses that are useful without offers. */
export async function offersOrNone(services: {
  metering: Metering
  logger: Logger
}): Promise<Offer[]> {
  try {
    return await readOffersCached(services.metering.backend)
  } catch (error) {
    services.logger.warn({ error }, 'trpc: reading offers failed, answering without them')
    return []
  }
}

/** At most a minute old; older if the backend is unavailable. */
async function readOffersCached(backend: BillingBackend): Promise<Offer[]> {
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
