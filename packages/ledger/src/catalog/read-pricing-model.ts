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
  PricingModelRecord,
  Product,
  ProductRecord,
  UsageMeter,
  UsageMeterRecord,
} from '../core/pricing-model.ts'

type Model = { organizationId: string; pricingModelId: string }

/** Reads a pricing model with its products, prices, features and meters. */
export async function readPricingModel(from: Queryable, model: Model): Promise<PricingModel> {
  const [record] = await from.query<PricingModelRecord>({
    name: 'read-pricing-model',
    text: `select ${PRICING_MODEL_COLUMNS} from pricing_model where organization_id = $1 and id = $2`,
    values: [model.organizationId, model.pricingModelId],
  })
  if (!record) throw notFound('pricing model', model.pricingModelId)
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
  const [row] = await from.query<{ id: string }>({
    text: 'select id from pricing_model where organization_id = $1 and is_default',
    values: [organizationId],
  })
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

function readProducts(from: Queryable, model: Model) {
  return from.query<ProductRecord>({
    name: 'read-products',
    text: `select ${PRODUCT_COLUMNS} from product
           where organization_id = $1 and pricing_model_id = $2 order by position, created_at, id`,
    values: [model.organizationId, model.pricingModelId],
  })
}

/** Reads all prices of a pricing model, of products and of meters. */
export function readPrices(from: Queryable, model: Model): Promise<Price[]> {
  return from.query<Price>({
    name: 'read-prices',
    text: `select ${PRICE_COLUMNS} from price
           where organization_id = $1 and pricing_model_id = $2 order by created_at, id`,
    values: [model.organizationId, model.pricingModelId],
  })
}

/** Reads what a pricing model counts. */
export function readUsageMeters(from: Queryable, model: Model): Promise<UsageMeterRecord[]> {
  return from.query<UsageMeterRecord>({
    name: 'read-usage-meters',
    text: `select ${USAGE_METER_COLUMNS} from usage_meter
           where organization_id = $1 and pricing_model_id = $2 order by position, created_at, id`,
    values: [model.organizationId, model.pricingModelId],
  })
}

async function readFeatures(from: Queryable, model: Model): Promise<Map<string, Feature[]>> {
  const rows = await from.query<{ ownerId: string; feature: Feature }>({
    name: 'read-product-features',
    text: `select pf.product_id as "ownerId", to_jsonb(shown) as feature
           from product_feature pf
           join product on product.organization_id = pf.organization_id and product.id = pf.product_id
           join lateral (select ${FEATURE_COLUMNS} from feature
                         where feature.organization_id = pf.organization_id and feature.id = pf.feature_id) shown on true
           where pf.organization_id = $1 and product.pricing_model_id = $2 and pf.expired_at is null
           order by pf.position, pf.created_at, pf.id`,
    values: [model.organizationId, model.pricingModelId],
  })
  const owned = new Map<string, Feature[]>()
  for (const { ownerId, feature } of rows) {
    owned.set(ownerId, [...(owned.get(ownerId) ?? []), feature])
  }
  return owned
}
