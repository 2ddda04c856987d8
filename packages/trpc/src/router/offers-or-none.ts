import type { BillingBackend, Logger, Offer } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'

/** Prices change rarely, and every visitor of the plans page asks. */
const OFFERS_KEPT_MS = 60_000

/** The backend's offers, and none instead of a failure: for answers that are worth having without offers. */
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

/** At most a minute old; older ones when the backend cannot be asked. */
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
