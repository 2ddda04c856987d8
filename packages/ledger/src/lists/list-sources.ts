import {
  FEATURE_COLUMNS,
  PRICE_COLUMNS,
  PRICING_MODEL_COLUMNS,
  PRODUCT_COLUMNS,
  RESOURCE_COLUMNS,
  USAGE_METER_COLUMNS,
} from '../catalog/catalog-columns.ts'
import { CUSTOMER_COLUMNS } from '../customers/customer.ts'
import { USAGE_EVENT_COLUMNS } from '../usage/usage-event.ts'
import type { ListSource } from './read-page.ts'

const RECORD = `id, created_at as "createdAt", updated_at as "updatedAt", false as livemode,
  organization_id as "organizationId", customer_id as "customerId"`

/** Everything the API lists by page, by the name of its path. */
export const LIST_SOURCES = {
  customers: { columns: CUSTOMER_COLUMNS, from: 'customer', key: 'customer' },
  'usage-events': {
    columns: USAGE_EVENT_COLUMNS,
    from: `usage_event event join usage_meter meter
             on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id`,
    key: 'event',
  },
  'usage-meters': { columns: USAGE_METER_COLUMNS, from: 'usage_meter', key: 'usage_meter' },
  products: { columns: PRODUCT_COLUMNS, from: 'product', key: 'product' },
  prices: { columns: PRICE_COLUMNS, from: 'price', key: 'price' },
  features: { columns: FEATURE_COLUMNS, from: 'feature', key: 'feature' },
  resources: { columns: RESOURCE_COLUMNS, from: 'resource', key: 'resource' },
  'pricing-models': { columns: PRICING_MODEL_COLUMNS, from: 'pricing_model', key: 'pricing_model' },
  payments: {
    columns: `${RECORD}, reason, status, amount, currency, refunded_amount as "refundedAmount",
      subscription_id as "subscriptionId", invoice_id as "invoiceId", failure`,
    from: 'payment',
    key: 'payment',
  },
  invoices: {
    columns: `${RECORD}, invoice_number as "invoiceNumber", type, status, currency, subtotal,
      subscription_id as "subscriptionId", purchase_id as "purchaseId", created_at as "invoiceDate"`,
    from: 'invoice',
    key: 'invoice',
  },
  'checkout-sessions': {
    columns: `${RECORD}, type, status, price_id as "priceId", quantity, success_url as "successUrl",
      cancel_url as "cancelUrl", target_subscription_id as "targetSubscriptionId", expires_at as expires`,
    from: 'checkout_session',
    key: 'checkout_session',
  },
} as const satisfies Record<string, ListSource>
