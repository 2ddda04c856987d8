import { z } from 'zod'
import { at, id, record } from './record.ts'

const ownRecord = { ...record, organizationId: id, pricingModelId: id }

/** A price. */
export const priceAnswer = z.object({
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
  intervalUnit: z.enum(['day', 'week', 'month', 'year']).nullable(),
  intervalCount: z.int().min(1).nullable(),
  trialPeriodDays: z.int().min(0).nullable(),
  usageEventsPerUnit: z.int().min(1).nullable(),
})

const featureAnswer = z.object({
  ...ownRecord,
  type: z.enum(['toggle', 'usage_credit_grant', 'resource']),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  active: z.boolean(),
  amount: z.int().nullable(),
  usageMeterId: id.nullable(),
  renewalFrequency: z.enum(['once', 'every_billing_period']).nullable(),
  resourceId: id.nullable(),
})

/** A product without its prices. */
export const productAnswer = z.object({
  ...ownRecord,
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  imageURL: z.string().nullable(),
  singularQuantityLabel: z.string().nullable(),
  pluralQuantityLabel: z.string().nullable(),
  active: z.boolean(),
  default: z.boolean(),
})

const pricedProductAnswer = productAnswer.extend({
  prices: z.array(priceAnswer),
  defaultPrice: priceAnswer.optional(),
  features: z.array(featureAnswer),
})

/** A usage meter without its prices. */
export const usageMeterAnswer = z.object({
  ...ownRecord,
  slug: z.string(),
  name: z.string(),
  aggregationType: z.enum(['sum', 'count_distinct_properties']),
})

/** A pricing model with everything an organisation sells. */
export const pricingModelAnswer = z.object({
  ...record,
  organizationId: id,
  isDefault: z.boolean(),
  name: z.string(),
  products: z.array(pricedProductAnswer),
  usageMeters: z.array(
    usageMeterAnswer.extend({
      prices: z.array(priceAnswer),
      defaultPrice: priceAnswer.optional(),
    }),
  ),
  defaultProduct: pricedProductAnswer.optional(),
})

/** One claimed unit of a resource. */
export const resourceClaimAnswer = z.object({
  ...ownRecord,
  claimedAt: at,
  releasedAt: at.nullable(),
  releaseReason: z.string().nullable(),
  externalId: z.string().nullable(),
  metadata: z.unknown(),
  resourceId: id,
  subscriptionId: id,
  subscriptionItemFeatureId: id,
})

/** How much of a resource a subscription has. */
export const resourceUsageAnswer = z.object({
  resourceId: id,
  resourceSlug: z.string(),
  capacity: z.int().min(0),
  claimed: z.int().min(0),
  available: z.int().min(0),
})
