import { loadPricing, type PricingFile } from '@tollgate/contract/pricing'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { present } from './test-backend.ts'

/** The default pricing with a plan above Pro. */
export function pricingWithTwoPlans(): PricingFile {
  const standard = loadPricing(PRICING_PATH)
  const pro = present(standard.products.find(({ product }) => product.slug === 'pro'))
  const images = present(standard.features.find(({ slug }) => slug === 'pro_images'))
  const maxImages = { ...images, slug: 'max_images', name: '2,000 images a month', amount: 2_000 }
  const max = {
    product: { ...pro.product, slug: 'max', name: 'Max' },
    price: { ...pro.price, slug: 'max_monthly', unitPrice: 6_000 },
    features: ['max_images'],
  }
  return {
    ...standard,
    features: [...standard.features, maxImages],
    products: [...standard.products, max],
  }
}
