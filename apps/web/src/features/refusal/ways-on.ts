import type { Balance, BillingAction, BillingError, Offer } from '@tollgate/contract'

/**
 * What to offer when a balance no longer covers the next click, before the server had to refuse one. The same
 * order as the server's: on a free plan upgrading comes first, on a paid one a top-up.
 */
function waysOn(options: {
  balance: Balance
  offers: readonly Offer[]
  isFree: boolean
}): BillingAction[] {
  const { balance, offers, isFree } = options
  const plans = offers.filter(
    (offer) => isFree && offer.kind === 'plan' && offer.unitPrice > 0 && lifts(offer, balance),
  )
  const topUps = offers.filter((offer) => offer.kind === 'topup' && grants(offer, balance))
  return [
    ...[...plans, ...topUps].map(checkoutAction),
    { type: 'plans', url: '/plans' },
    ...(balance.resetsAt ? [{ type: 'wait', until: balance.resetsAt } as const] : []),
  ]
}

/** The refusal a click would get now, told before the click; null while the balance covers it. */
export function foreseenRefusal(options: {
  balance: Balance | null | undefined
  required: number | null
  offers: readonly Offer[]
  isFree: boolean
}): BillingError<'insufficient_credits'> | null {
  const { balance, required, offers, isFree } = options
  if (!balance || required === null || balance.unlimited || balance.state === 'unknown') return null
  // What is held right now may come back, so it does not count as gone.
  if (balance.remaining + balance.held >= required) return null
  return {
    kind: 'insufficient_credits',
    error: 'insufficient_credits',
    message: '',
    meter: balance.meter,
    required,
    availableBalance: balance.remaining,
    upgradeUrl: '/plans',
    resetsAt: balance.resetsAt,
    actions: waysOn({ balance, offers, isFree }),
    charged: false,
  }
}

function lifts(offer: Offer, balance: Balance): boolean {
  return (
    grants(offer, balance) ||
    offer.features.some(({ slug }) => slug === `unlimited_${balance.meter}`)
  )
}

function grants(offer: Offer, balance: Balance): boolean {
  return offer.grants.some(({ meter }) => meter === balance.meter)
}

function checkoutAction(offer: Offer): BillingAction {
  const { priceSlug, unitPrice: amount, currency } = offer
  return { type: 'checkout', priceSlug, label: offer.name, amount, currency }
}
