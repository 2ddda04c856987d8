import { z } from 'zod'
import { id, record } from './schemas/record.ts'

const ownRecord = { ...record, organizationId: id, pricingModelId: id }
const label = z.string().nullable()

/** The unit of a billing interval. */
export const intervalUnit = z.enum(['day', 'week', 'month', 'year'])
export type IntervalUnit = z.output<typeof intervalUnit>

/** How a meter counts. */
export const aggregationType = z.enum(['sum', 'count_distinct_properties'])

/** What a feature grants, and how often. */
export const featureGrant = {
  type: z.enum(['toggle', 'usage_credit_grant', 'resource']),
  amount: z.int().nullable(),
  usageMeterId: id.nullable(),
  renewalFrequency: z.enum(['once', 'every_billing_period']).nullable(),
  resourceId: id.nullable(),
}

/** A price. */
export const priceSchema = z.object({
  ...record,
  pricingModelId: id,
  productId: id.nullable(),
  usageMeterId: id.nullable(),
  type: z.enum(['subscription', 'single_payment', 'usage']),
  slug: z.string(),
  name: z.string().nullable(),
  active: z.boolean(),
  isDefault: z.boolean(),
  unitPrice: z.int().min(0),
  currency: z.string(),
  intervalUnit: intervalUnit.nullable(),
  intervalCount: z.int().min(1).nullable(),
  trialPeriodDays: z.int().min(0).nullable(),
  usageEventsPerUnit: z.int().min(1).nullable(),
})
export type Price = z.output<typeof priceSchema>

/** A feature of a product. */
const featureSchema = z.object({
  ...ownRecord,
  ...featureGrant,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  active: z.boolean(),
})
export type Feature = z.output<typeof featureSchema>

/** A product without its prices. */
export const productSchema = z.object({
  ...ownRecord,
  slug: z.string(),
  name: z.string(),
  description: label,
  imageURL: label,
  singularQuantityLabel: label,
  pluralQuantityLabel: label,
  active: z.boolean(),
  default: z.boolean(),
})
export type ProductRecord = z.output<typeof productSchema>

const prices = { prices: z.array(priceSchema), defaultPrice: priceSchema.optional() }

const pricedProductSchema = productSchema.extend({ ...prices, features: z.array(featureSchema) })
export type Product = z.output<typeof pricedProductSchema>

/** A usage meter without its prices. */
export const usageMeterSchema = z.object({
  ...ownRecord,
  slug: z.string(),
  name: z.string(),
  aggregationType,
})
export type UsageMeterRecord = z.output<typeof usageMeterSchema>

const pricedUsageMeterSchema = usageMeterSchema.extend(prices)
export type UsageMeter = z.output<typeof pricedUsageMeterSchema>

const modelSchema = z.object({
  ...record,
  organizationId: id,
  isDefault: z.boolean(),
  name: z.string(),
})

/** Everything an organisation sells. */
export const pricingModelSchema = modelSchema.extend({
  products: z.array(pricedProductSchema),
  usageMeters: z.array(pricedUsageMeterSchema),
  defaultProduct: pricedProductSchema.optional(),
})
export type PricingModel = z.output<typeof pricingModelSchema>

/** Something that can be claimed, such as seats. */
export type Resource = z.output<z.ZodObject<typeof ownRecord>> & {
  slug: string
  name: string
  active: boolean
}
