import { LIVEMODE } from '../core/livemode.ts'

// Columns named as in the API, so that rows are returned without mapping.

const RECORD = ['id', 'createdAt', 'updatedAt', LIVEMODE, 'organizationId'] as const
const OWN_RECORD = [...RECORD, 'pricingModelId', 'slug', 'name'] as const
const LABELS = ['singularQuantityLabel', 'pluralQuantityLabel'] as const
const GRANT = ['amount', 'usageMeterId', 'renewalFrequency', 'resourceId'] as const
const INTERVAL = ['intervalUnit', 'intervalCount', 'trialPeriodDays'] as const

export const PRICING_MODEL_COLUMNS = [...RECORD, 'isDefault', 'name'] as const

export const PRODUCT_COLUMNS = [
  ...OWN_RECORD,
  ...LABELS,
  'description',
  'imageUrl as imageURL',
  'active',
  'isDefault as default',
] as const

export const PRICE_COLUMNS = [
  ...(['id', 'createdAt', 'updatedAt', LIVEMODE, 'pricingModelId', 'slug', 'name'] as const),
  ...INTERVAL,
  ...(['productId', 'usageMeterId', 'type', 'active', 'isDefault'] as const),
  ...(['unitPrice', 'currency', 'usageEventsPerUnit'] as const),
] as const

export const FEATURE_COLUMNS = [...OWN_RECORD, ...GRANT, 'type', 'description', 'active'] as const

export const USAGE_METER_COLUMNS = [...OWN_RECORD, 'aggregationType'] as const

export const RESOURCE_COLUMNS = [...OWN_RECORD, 'active'] as const
