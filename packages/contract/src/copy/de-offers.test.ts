import { expect, it } from 'vitest'
import { loadPricing } from '../pricing.ts'
import { PRICING_PATH } from '../pricing/pricing-path.ts'
import { deOffers } from './de-offers.ts'

it('has a German text for everything that pricing.yaml sells and grants', () => {
  const { features, products } = loadPricing(PRICING_PATH)
  const missing = [
    ...features.map(({ slug }) => slug).filter((slug) => deOffers[slug] === undefined),
    ...products
      .map(({ product }) => product.slug)
      .filter((slug) => deOffers[slug]?.description === undefined),
  ]
  expect(missing).toEqual([])
})
