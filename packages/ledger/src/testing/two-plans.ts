import { loadPricing, type PricingFile } from '@tollgate/contract/pricing'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { present } from './test-backend.ts'

/** What the house sells, and a plan above Pro to change to and fro. */
export function pricingWithTwoPlans(): PricingFile {
  const house = loadPricing(PRICING_PATH)
  const pro = present(house.products.find(({ product }) => product.slug === 'pro'))
  const images = present(house.features.find(({ slug }) => slug === 'pro_images'))
  const maxImages = { ...images, slug: 'max_images', name: '2,000 images a month', amount: 2_000 }
  const max = {
    product: { ...pro.product, slug: 'max', name: 'Max' },
    price: { ...pro.price, slug: 'max_monthly', unitPrice: 6_000 },
    features: ['max_images'],
  }
  return {
    ...house,
    features: [...house.features, maxImages],
    products: [...house.products, max],
  }
}
