import type { Offer } from '@tollgate/contract'

/** How often one top-up has to be bought, and what that costs. */
export type TopUp = { name: string; packs: number; amount: number; currency: string }

/** The cheapest way to buy this much of a meter with one kind of top-up; null if none is for sale. */
export function topUpFor(
  { meter, amount }: { meter: string; amount: number },
  offers: readonly Offer[],
): TopUp | null {
  const [cheapest] = offers
    .filter(({ kind }) => kind === 'topup')
    .flatMap(({ name, unitPrice, currency, grants }): TopUp[] => {
      const granted = grants.find((grant) => grant.meter === meter)?.amount ?? 0
      if (granted <= 0) return []
      const packs = Math.ceil(amount / granted)
      return [{ name, packs, amount: packs * unitPrice, currency }]
    })
    .toSorted((one, other) => one.amount - other.amount)
  return cheapest ?? null
}
