import { notFound } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import {
  FEATURE_COLUMNS,
  PRICE_COLUMNS,
  PRICING_MODEL_COLUMNS,
  PRODUCT_COLUMNS,
  USAGE_METER_COLUMNS,
} from './catalog-columns.ts'
import type {
  Feature,
  Price,
  PricingModel,
  Product,
  ProductRecord,
  UsageMeter,
  UsageMeterRecord,
} from '../core/pricing-model.ts'
import { typed } from '../core/typed.ts'

type Model = { organizationId: string; pricingModelId: string }

/** Reads a pricing model with its products, prices, features and meters. */
export async function readPricingModel(from: Queryable, model: Model): Promise<PricingModel> {
  const { organizationId, pricingModelId } = model
  const record = await typed(from, 'read-pricing-model')
    .selectFrom('pricingModel')
    .select(PRICING_MODEL_COLUMNS)
    .where(({ and }) => and({ organizationId, id: pricingModelId }))
    .executeTakeFirst()
  if (!record) throw notFound('pricing model', pricingModelId)
  const products = await readProducts(from, model)
  const prices = await readPrices(from, model)
  const features = await readFeatures(from, model)
  const meters = await readUsageMeters(from, model)
  const shown = products.map((product) =>
    showProduct(product, { prices, features: features.get(product.id) ?? [] }),
  )
  const defaultProduct = shown.find((product) => product.default)
  return {
    ...record,
    products: shown,
    usageMeters: meters.map((meter) => showMeter(meter, prices)),
    ...(defaultProduct && { defaultProduct }),
  }
}

/** Finds the id of the pricing model that new customers get. */
export async function defaultPricingModelId(
  from: Queryable,
  organizationId: string,
): Promise<string> {
  const row = await typed(from)
    .selectFrom('pricingModel')
    .select('id')
    .where(({ and }) => and({ organizationId, isDefault: true }))
    .executeTakeFirst()
  if (!row) throw notFound('pricing model', 'default')
  return row.id
}

function showProduct(
  product: ProductRecord,
  { prices, features }: { prices: Price[]; features: Feature[] },
): Product {
  const own = prices.filter((price) => price.productId === product.id)
  return { ...product, prices: own, features, ...defaultPriceOf(own) }
}

function showMeter(meter: UsageMeterRecord, prices: Price[]): UsageMeter {
  const own = prices.filter((price) => price.usageMeterId === meter.id)
  return { ...meter, prices: own, ...defaultPriceOf(own) }
}

function defaultPriceOf(prices: Price[]): { defaultPrice?: Price } {
  const defaultPrice = prices.find((price) => price.isDefault)
  return defaultPrice ? { defaultPrice } : {}
}

function readProducts(from: Queryable, { organizationId, pricingModelId }: Model) {
  return typed(from, 'read-products')
    .selectFrom('product')
    .select(PRODUCT_COLUMNS)
    .where(({ and }) => and({ organizationId, pricingModelId }))
    .orderBy('position')
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

/** Reads all prices of a pricing model, of products and of meters. */
export function readPrices(from: Queryable, { organizationId, pricingModelId }: Model) {
  return typed(from, 'read-prices')
    .selectFrom('price')
    .select(PRICE_COLUMNS)
    .where(({ and }) => and({ organizationId, pricingModelId }))
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

/** Reads the usage meters of a pricing model. */
export function readUsageMeters(from: Queryable, { organizationId, pricingModelId }: Model) {
  return typed(from, 'read-usage-meters')
    .selectFrom('usageMeter')
    .select(USAGE_METER_COLUMNS)
    .where(({ and }) => and({ organizationId, pricingModelId }))
    .orderBy('position')
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

async function readFeatures(from: Queryable, { organizationId, pricingModelId }: Model) {
  const features = typed(from).selectFrom('feature').select(FEATURE_COLUMNS).as('feature')
  const rows = await typed(from, 'read-product-features')
    .selectFrom(['productFeature as pf', features])
    .selectAll('feature')
    .select('pf.productId as ownerId')
    .whereRef('feature.organizationId', '=', 'pf.organizationId')
    .whereRef('feature.id', '=', 'pf.featureId')
    .where('pf.organizationId', '=', organizationId)
    .where('feature.pricingModelId', '=', pricingModelId)
    .where('pf.expiredAt', 'is', null)
    .orderBy('pf.position')
    .orderBy('pf.createdAt')
    .orderBy('pf.id')
    .execute()
  const owned = new Map<string, Feature[]>()
  for (const { ownerId, ...feature } of rows) {
    owned.set(ownerId, [...(owned.get(ownerId) ?? []), feature])
  }
  return owned
}
