/** A usage event as the API shows it. */
export type UsageEvent = {
  id: string
  createdAt: number
  updatedAt: number
  livemode: boolean
  customerId: string
  subscriptionId: string
  usageMeterId: string
  billingPeriodId: string
  amount: number
  usageDate: number
  transactionId: string
  priceId: string
  properties: Record<string, unknown> | null
  pricingModelId: string
}

/** The columns of `UsageEvent`; needs `usage_event event` joined with `usage_meter meter`. */
export const USAGE_EVENT_COLUMNS = `event.id, event.created_at as "createdAt", event.created_at as "updatedAt",
  false as livemode, event.customer_id as "customerId", event.subscription_id as "subscriptionId",
  event.usage_meter_id as "usageMeterId", event.billing_period_id as "billingPeriodId", event.amount,
  event.usage_date as "usageDate", event.transaction_id as "transactionId", event.price_id as "priceId",
  event.properties, meter.pricing_model_id as "pricingModelId"`

/** A usage event as a caller sends it; exactly one of the four names is given. */
export type UsageReport = {
  subscriptionId: string
  transactionId: string
  amount: number
  usageDate?: number | undefined
  properties?: Record<string, unknown> | null | undefined
  usageMeterId?: string | undefined
  usageMeterSlug?: string | undefined
  priceId?: string | undefined
  priceSlug?: string | undefined
}
