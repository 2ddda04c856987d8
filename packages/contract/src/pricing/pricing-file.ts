import { z } from 'zod'

const slug = z.string().regex(/^[a-z0-9_]{1,64}$/, 'a slug is 1–64 of a-z 0-9 _')
const cents = z.int().min(0)

const featureBase = {
  slug,
  name: z.string().min(1),
  description: z.string().default(''),
  active: z.boolean().default(true),
}

const feature = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('toggle'), ...featureBase }),
  z.strictObject({
    type: z.literal('usage_credit_grant'),
    ...featureBase,
    amount: z.int().min(1),
    renewalFrequency: z.enum(['once', 'every_billing_period']),
    usageMeterSlug: slug,
  }),
  z.strictObject({
    type: z.literal('resource'),
    ...featureBase,
    resourceSlug: slug,
    amount: z.int().min(1),
  }),
])

const price = z.strictObject({
  type: z.enum(['subscription', 'single_payment']),
  slug,
  name: z.string().nullish(),
  unitPrice: cents,
  currency: z.string().length(3).default('USD'),
  intervalUnit: z.enum(['month', 'year']).nullish(),
  intervalCount: z.int().min(1).nullish(),
  trialPeriodDays: z.int().min(0).nullish(),
  usageEventsPerUnit: z.null().optional(),
  usageMeterId: z.null().optional(),
  isDefault: z.boolean().default(true),
  active: z.boolean().default(true),
})

const product = z.strictObject({
  product: z.strictObject({
    name: z.string().min(1),
    slug,
    active: z.boolean().default(true),
    default: z.boolean().default(false),
    description: z.string().nullish(),
    imageURL: z.string().nullish(),
    singularQuantityLabel: z.string().nullish(),
    pluralQuantityLabel: z.string().nullish(),
  }),
  price,
  features: z.array(slug).default([]),
})

const usagePrice = z.strictObject({
  type: z.literal('usage'),
  slug: slug.optional(),
  name: z.string().nullish(),
  unitPrice: cents,
  currency: z.string().length(3).default('USD'),
  usageEventsPerUnit: z.int().min(1),
  intervalUnit: z.enum(['month', 'year']).default('month'),
  intervalCount: z.int().min(1).default(1),
  isDefault: z.boolean().default(true),
  active: z.boolean().default(true),
})

const usageMeter = z.strictObject({
  usageMeter: z.strictObject({
    slug,
    name: z.string().min(1),
    aggregationType: z.enum(['sum', 'count_distinct_properties']).default('sum'),
  }),
  prices: z.array(usagePrice).default([]),
})

/** Flowglad's current import format, as `pricing.yaml` is written. */
export const pricingFileSchema = z.strictObject({
  name: z.string().min(1),
  isDefault: z.boolean().default(true),
  features: z.array(feature).default([]),
  products: z.array(product).default([]),
  usageMeters: z.array(usageMeter).default([]),
  resources: z
    .array(z.strictObject({ slug, name: z.string().min(1), active: z.boolean().default(true) }))
    .default([]),
})

/** A pricing model as written in a file: meters, features, products with one price each. */
export type PricingFile = z.infer<typeof pricingFileSchema>
