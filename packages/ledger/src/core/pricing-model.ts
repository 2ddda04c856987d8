/** Fields that every record of the API carries. */
export type RecordBase = { id: string; createdAt: number; updatedAt: number; livemode: boolean }

/** What something costs, as the API shows it. */
export type Price = RecordBase & {
  pricingModelId: string
  productId: string | null
  usageMeterId: string | null
  type: 'subscription' | 'single_payment' | 'usage'
  slug: string
  name: string | null
  active: boolean
  isDefault: boolean
  unitPrice: number
  currency: string
  intervalUnit: IntervalUnit | null
  intervalCount: number | null
  trialPeriodDays: number | null
  usageEventsPerUnit: number | null
}

/** The unit of a billing interval. */
export type IntervalUnit = 'day' | 'week' | 'month' | 'year'

/** What a product gives. */
export type Feature = RecordBase & {
  organizationId: string
  pricingModelId: string
  type: 'toggle' | 'usage_credit_grant' | 'resource'
  slug: string
  name: string
  description: string
  active: boolean
  amount: number | null
  usageMeterId: string | null
  renewalFrequency: 'once' | 'every_billing_period' | null
  resourceId: string | null
}

/** Something for sale, without its prices. */
export type ProductRecord = RecordBase & {
  organizationId: string
  pricingModelId: string
  slug: string
  name: string
  description: string | null
  imageURL: string | null
  singularQuantityLabel: string | null
  pluralQuantityLabel: string | null
  active: boolean
  default: boolean
}

/** Something for sale, with its prices and features. */
export type Product = ProductRecord & {
  prices: Price[]
  defaultPrice?: Price
  features: Feature[]
}

/** What is counted. */
export type UsageMeterRecord = RecordBase & {
  organizationId: string
  pricingModelId: string
  slug: string
  name: string
  aggregationType: 'sum' | 'count_distinct_properties'
}

/** What is counted, with its usage prices. */
export type UsageMeter = UsageMeterRecord & { prices: Price[]; defaultPrice?: Price }

/** Seats and the like: what can be claimed. */
export type Resource = RecordBase & {
  organizationId: string
  pricingModelId: string
  slug: string
  name: string
  active: boolean
}

/** A pricing model without what is in it. */
export type PricingModelRecord = RecordBase & {
  organizationId: string
  isDefault: boolean
  name: string
}

/** Everything an organisation sells, as the API shows it. */
export type PricingModel = PricingModelRecord & {
  products: Product[]
  usageMeters: UsageMeter[]
  defaultProduct?: Product
}
