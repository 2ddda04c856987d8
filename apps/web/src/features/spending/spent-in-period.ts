import type { BalanceChange, Offer } from '@tollgate/contract'

/** Money in minor units of its currency. */
export type Money = { amount: number; currency: string }

/**
 * What a billing period has cost so far: its plan, and the top-ups bought in it. Null if a price is unknown, or after a refund, whose
 * amount balance changes do not show.
 */
export function spentInPeriod(options: {
  plan: { priceSlug: string | null; isPaid: boolean }
  offers: readonly Offer[]
  /** Every balance change since the period began. */
  changes: readonly Pick<BalanceChange, 'reason' | 'meter' | 'amount'>[]
}): Money | null {
  const { plan, offers, changes } = options
  const own = offers.find(({ priceSlug }) => priceSlug === plan.priceSlug)
  if (!own || changes.some(({ reason }) => reason === 'refund')) return null
  let amount = plan.isPaid ? own.unitPrice : 0
  for (const change of changes) {
    if (change.reason !== 'purchase') continue
    const bought = offers.find((offer) => offer.kind === 'topup' && isGrantOf(offer, change))
    if (!bought || bought.currency !== own.currency) return null
    amount += bought.unitPrice
  }
  return { amount, currency: own.currency }
}

/** The backend reports what it granted, not from which offer. */
function isGrantOf(offer: Offer, change: Pick<BalanceChange, 'meter' | 'amount'>): boolean {
  return offer.grants.some(
    ({ meter, amount }) => meter === change.meter && amount === change.amount,
  )
}
