import { type PricingFile, pricingFileSchema } from '@tollgate/contract/pricing'
import type { Queryable } from '../core/queryable.ts'
import { FEATURE_COLUMNS, RESOURCE_COLUMNS } from './catalog-columns.ts'
import type {
  Feature,
  Price,
  PricingModel,
  Product,
  Resource,
  UsageMeter,
} from '../core/pricing-model.ts'
import { readPricingModel } from './read-pricing-model.ts'
import { typed } from '../core/typed.ts'

type Model = { organizationId: string; pricingModelId: string }

/** Writes a pricing model as a pricing file, which `setUpPricingModel` reads again. */
export async function exportPricing(from: Queryable, model: Model): Promise<PricingFile> {
  const pricing = await readPricingModel(from, model)
  const key = { organizationId: model.organizationId, pricingModelId: model.pricingModelId }
  const features = await typed(from)
    .selectFrom('feature')
    .select(FEATURE_COLUMNS)
    .where(({ and }) => and(key))
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  const resources = await typed(from)
    .selectFrom('resource')
    .select(RESOURCE_COLUMNS)
    .where(({ and }) => and(key))
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  return pricingFileSchema.parse({
    name: pricing.name,
    isDefault: pricing.isDefault,
    features: features.map((feature) => writeFeature(feature, pricing, resources)),
    products: pricing.products.flatMap(writeProduct),
    usageMeters: pricing.usageMeters.map(writeMeter),
    resources: resources.map(({ slug, name, active }) => ({ slug, name, active })),
  })
}

function writeFeature(feature: Feature, pricing: PricingModel, resources: Resource[]) {
  const { type, slug, name, description, active, amount } = feature
  const base = { type, slug, name, description, active }
  switch (type) {
    case 'toggle':
      return base
    case 'usage_credit_grant':
      return {
        ...base,
        amount,
        renewalFrequency: feature.renewalFrequency,
        usageMeterSlug: pricing.usageMeters.find(({ id }) => id === feature.usageMeterId)?.slug,
      }
    case 'resource': {
      const resource = resources.find(({ id }) => id === feature.resourceId)
      return { ...base, amount, resourceSlug: resource?.slug }
    }
  }
}

/** The format allows one price per product: the default one. */
function writeProduct({ defaultPrice, prices, features, ...product }: Product) {
  const price = defaultPrice ?? prices[0]
  if (!price) return []
  const { slug, name, description, imageURL, active } = product
  const { singularQuantityLabel, pluralQuantityLabel } = product
  return [
    {
      product: {
        name,
        slug,
        active,
        default: product.default,
        description,
        imageURL,
        singularQuantityLabel,
        pluralQuantityLabel,
      },
      price: {
        type: price.type,
        ...priceBase(price),
        trialPeriodDays: price.trialPeriodDays,
        ...(price.type === 'subscription' && interval(price)),
      },
      features: features.map((feature) => feature.slug),
    },
  ]
}

function writeMeter({ slug, name, aggregationType, prices }: UsageMeter) {
  return {
    usageMeter: { slug, name, aggregationType },
    // The free price is created automatically.
    prices: prices
      .filter((price) => !price.slug.endsWith('_no_charge'))
      .map((price) => ({
        type: 'usage',
        ...priceBase(price),
        ...interval(price),
        usageEventsPerUnit: price.usageEventsPerUnit,
      })),
  }
}

function priceBase({ slug, name, unitPrice, currency, isDefault, active }: Price) {
  return { slug, name, unitPrice, currency, isDefault, active }
}

function interval({ intervalUnit, intervalCount }: Price) {
  return { intervalUnit, intervalCount }
}
