import type { BillingBackend, Logger, Offer } from '@tollgate/contract'

/** Prices change rarely and a refusal must not wait for the backend, so offers are cached and refreshed in the background. */
const REFRESH_MS = 60_000

/** Caches what the backend sells; the first offers are available once the backend has responded. */
export function createOfferCache(options: {
  backend: BillingBackend
  logger: Logger
}): () => readonly Offer[] {
  const { backend, logger } = options
  let offers: Offer[] = []
  let readAt = 0
  void refresh()

  return () => {
    if (performance.now() - readAt > REFRESH_MS) void refresh()
    return offers
  }

  async function refresh(): Promise<void> {
    readAt = performance.now()
    try {
      offers = await backend.readOffers()
    } catch (error) {
      logger.warn({ error }, 'offers: read failed, refusals link to the plans page only')
    }
  }
}
