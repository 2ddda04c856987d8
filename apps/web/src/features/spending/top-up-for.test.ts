import type { Offer } from '@tollgate/contract'
import { expect, it } from 'vitest'
import { topUpFor } from './top-up-for.ts'

const pack: Offer = {
  kind: 'topup',
  productSlug: 'images_topup',
  priceSlug: 'images_topup_50',
  name: '50 images',
  description: null,
  unitPrice: 500,
  currency: 'USD',
  interval: null,
  isDefault: false,
  grants: [{ meter: 'images', amount: 50, renews: false }],
  features: [],
}
const large = { ...pack, name: '200 images', unitPrice: 1500 }
const offers = [pack, { ...large, grants: [{ meter: 'images', amount: 200, renews: false }] }]

it.each([
  [40, { name: '50 images', packs: 1, amount: 500 }],
  [60, { name: '50 images', packs: 2, amount: 1000 }],
  [160, { name: '200 images', packs: 1, amount: 1500 }],
])('buys %d images as cheaply as it can', (amount, topUp) => {
  expect(topUpFor({ meter: 'images', amount }, offers)).toMatchObject(topUp)
})

it('knows no price where nothing of the meter is for sale', () => {
  expect(topUpFor({ meter: 'tokens', amount: 1 }, offers)).toBeNull()
  expect(topUpFor({ meter: 'images', amount: 1 }, [{ ...pack, kind: 'plan' }])).toBeNull()
})
