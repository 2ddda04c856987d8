// The API's names for the columns, so that rows go out as they come in. `livemode` is always false: a self-hosted
// backend has one ledger, and what is real money is the payment provider's to say.

const RECORD = `id, created_at as "createdAt", updated_at as "updatedAt", false as livemode`

export const PRICING_MODEL_COLUMNS = `${RECORD}, organization_id as "organizationId",
  is_default as "isDefault", name`

export const PRODUCT_COLUMNS = `${RECORD}, organization_id as "organizationId",
  pricing_model_id as "pricingModelId", slug, name, description, image_url as "imageURL",
  singular_quantity_label as "singularQuantityLabel", plural_quantity_label as "pluralQuantityLabel",
  active, is_default as "default"`

export const PRICE_COLUMNS = `${RECORD}, pricing_model_id as "pricingModelId",
  product_id as "productId", usage_meter_id as "usageMeterId", type, slug, name, active,
  is_default as "isDefault", unit_price as "unitPrice", currency, interval_unit as "intervalUnit",
  interval_count as "intervalCount", trial_period_days as "trialPeriodDays",
  usage_events_per_unit as "usageEventsPerUnit"`

export const FEATURE_COLUMNS = `${RECORD}, organization_id as "organizationId",
  pricing_model_id as "pricingModelId", type, slug, name, description, active, amount,
  usage_meter_id as "usageMeterId", renewal_frequency as "renewalFrequency", resource_id as "resourceId"`

export const USAGE_METER_COLUMNS = `${RECORD}, organization_id as "organizationId",
  pricing_model_id as "pricingModelId", slug, name, aggregation_type as "aggregationType"`

export const RESOURCE_COLUMNS = `${RECORD}, organization_id as "organizationId",
  pricing_model_id as "pricingModelId", slug, name, active`
