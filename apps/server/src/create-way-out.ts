import type {
  BillingAction,
  BillingBackend,
  CustomerBilling,
  Logger,
  Offer,
} from '@tollgate/contract'

/** Prices change rarely and a refusal must not wait for the backend, so the offers are kept and renewed in the background. */
const OFFERS_KEPT_MS = 60_000

/** What ended: credits of a meter, or the reach of a plan. */
export type Ended = {
  meter?: string
  feature?: string
  billing: CustomerBilling | null
  resetsAt: string | null
  capped?: boolean
}

/** Says how a person whose credits or plan ended can go on: what to buy first, where the plans are, how long waiting takes. */
export function createWayOut(options: {
  backend: BillingBackend
  publicUrl: string
  logger: Logger
}) {
  const { backend, publicUrl, logger } = options
  let offers: Offer[] = []
  let readAt = Number.NEGATIVE_INFINITY

  return { refresh, wayOut }

  async function refresh(): Promise<void> {
    readAt = performance.now()
    try {
      offers = await backend.readOffers()
    } catch (error) {
      logger.warn({ error }, 'offers could not be read; refusals point to the plans page only')
    }
  }

  function wayOut(ended: Ended): { upgradeUrl: string; actions: BillingAction[] } {
    if (performance.now() - readAt > OFFERS_KEPT_MS) void refresh()
    return { upgradeUrl: `${publicUrl}/plans`, actions: actionsFor(ended, offers, publicUrl) }
  }
}

/** Orders the ways on; the first is the primary one. Upgrading comes first on the free plan, a top-up on a paid one. */
export function actionsFor(
  ended: Ended,
  offers: readonly Offer[],
  publicUrl: string,
): BillingAction[] {
  const wait: BillingAction[] = ended.resetsAt ? [{ type: 'wait', until: ended.resetsAt }] : []
  // Nothing has to be bought: the customer's own cap is in the way.
  if (ended.capped) return [{ type: 'raise_cap', url: `${publicUrl}/usage#spending` }, ...wait]
  const onFree = ended.billing?.subscription?.isFree ?? true
  const upgrades = onFree ? offers.filter((offer) => isUpgrade(offer, ended)) : []
  const topUps = offers.filter((offer) => offer.kind === 'topup' && grants(offer, ended.meter))
  return [
    ...[...upgrades, ...topUps].map(checkoutAction),
    { type: 'plans', url: `${publicUrl}/plans` },
    ...wait,
  ]
}

function isUpgrade(offer: Offer, ended: Ended): boolean {
  if (offer.kind !== 'plan' || offer.unitPrice === 0) return false
  if (ended.feature) return offer.features.some(({ slug }) => slug === ended.feature)
  return (
    grants(offer, ended.meter) ||
    offer.features.some(({ slug }) => slug === `unlimited_${ended.meter}`)
  )
}

function grants(offer: Offer, meter: string | undefined): boolean {
  return offer.grants.some((grant) => grant.meter === meter)
}

function checkoutAction(offer: Offer): BillingAction {
  return {
    type: 'checkout',
    priceSlug: offer.priceSlug,
    label: offer.kind === 'plan' ? `Upgrade to ${offer.name}` : `Buy ${offer.name}`,
    amount: offer.unitPrice,
    currency: offer.currency,
  }
}
