import type { Offer } from '@tollgate/contract'
import { proOffer } from '@tollgate/contract/pro-offer'
import { expect, it } from 'vitest'
import { spentInPeriod } from './spent-in-period.ts'

const topUp: Offer = {
  ...proOffer,
  kind: 'topup',
  priceSlug: 'images_topup_50',
  name: '50 images',
  unitPrice: 500,
  grants: [{ meter: 'images', amount: 50, renews: false }],
}
const offers = [proOffer, topUp]
const plan = { priceSlug: 'pro_monthly', isPaid: true }
const bought = { reason: 'purchase', meter: 'images', amount: 50 } as const

it('adds the top-ups of the period to the price of the plan', () => {
  const changes = [{ reason: 'plan', meter: 'images', amount: 500 } as const, bought, bought]
  expect(spentInPeriod({ plan, offers, changes })).toEqual({ amount: 3000, currency: 'USD' })
})

it('counts a plan that was not paid as nothing', () => {
  const spent = spentInPeriod({ plan: { ...plan, isPaid: false }, offers, changes: [bought] })
  expect(spent).toEqual({ amount: 500, currency: 'USD' })
})

it.each([
  ['the plan is no longer sold', { plan: { priceSlug: 'old', isPaid: true } }],
  ['a purchase is no longer sold', { changes: [{ ...bought, amount: 80 }] }],
  [
    'something was refunded',
    { changes: [bought, { reason: 'refund', meter: 'images', amount: -50 } as const] },
  ],
])('does not guess when %s', (_name, facts) => {
  expect(spentInPeriod({ plan, offers, changes: [], ...facts })).toBeNull()
})
