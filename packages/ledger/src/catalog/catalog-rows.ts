import type { PricingFile } from '@tollgate/contract/pricing'
import type { NewId } from '../core/new-id.ts'

/** The rows of a pricing file; references are still slugs. */
export type CatalogRows = ReturnType<typeof catalogRows>

/** Flattens a pricing file into rows with fresh ids; rows that exist already keep theirs when written. */
export function catalogRows(file: PricingFile, newId: NewId) {
  const products = file.products.some(({ product }) => product.default)
    ? file.products
    : [...file.products, FREE_PLAN]
  return {
    resources: file.resources.map((resource) => ({ id: newId('resource'), ...resource })),
    meters: file.usageMeters.map(({ usageMeter }, position) => ({
      id: newId('usage_meter'),
      position,
      ...usageMeter,
    })),
    features: file.features.map((feature, position) => ({
      id: newId('feature'),
      position,
      ...feature,
    })),
    products: products.map(({ product }, position) => ({
      id: newId('prod'),
      position,
      ...product,
    })),
    productFeatures: products.flatMap(({ product, features }) =>
      features.map((feature, position) => ({
        id: newId('product_feature'),
        position,
        product: product.slug,
        feature,
      })),
    ),
    prices: [
      ...products.map(({ product, price }) => ({
        id: newId('price'),
        ...price,
        productSlug: product.slug,
        intervalUnit: price.type === 'subscription' ? (price.intervalUnit ?? 'month') : null,
        intervalCount: price.type === 'subscription' ? (price.intervalCount ?? 1) : null,
      })),
      ...file.usageMeters.flatMap((meter) => meterPrices(meter, newId)),
    ],
  }
}

/** The initial plan of customers when a file names no default product. */
const FREE_PLAN: PricingFile['products'][number] = {
  product: { name: 'Free Plan', slug: 'free', active: true, default: true },
  price: {
    type: 'subscription',
    slug: 'free_monthly',
    name: 'Free Plan',
    unitPrice: 0,
    currency: 'USD',
    isDefault: true,
    active: true,
  },
  features: [],
}

/** Every meter has a price for its events: its own default, or a free one. */
function meterPrices({ usageMeter, prices }: PricingFile['usageMeters'][number], newId: NewId) {
  const hasDefault = prices.some((price) => price.isDefault)
  const named = prices.map((price, index) => ({
    id: newId('price'),
    ...price,
    slug: price.slug ?? `${usageMeter.slug}_usage${index === 0 ? '' : `_${index + 1}`}`,
    meterSlug: usageMeter.slug,
  }))
  const free = {
    id: newId('price'),
    type: 'usage',
    slug: `${usageMeter.slug}_no_charge`,
    name: `${usageMeter.name} - No Charge`,
    unitPrice: 0,
    currency: 'USD',
    usageEventsPerUnit: 1,
    intervalUnit: 'month',
    intervalCount: 1,
    isDefault: !hasDefault,
    active: true,
    meterSlug: usageMeter.slug,
  }
  return [...named, free]
}
