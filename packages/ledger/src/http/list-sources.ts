import { CUSTOMER_COLUMNS } from '../core/customer.ts'
import { USAGE_EVENT_COLUMNS } from '../usage/usage-event.ts'
import type { ListSource } from '../core/read-page.ts'

/**
 * What the API lists by page, by the name of its path: customers for the drift check, payments because a refund names
 * one, usage events for an audit of what arrived.
 */
export const LIST_SOURCES = {
  customers: { columns: CUSTOMER_COLUMNS, from: 'customer', key: 'customer' },
  'usage-events': {
    columns: USAGE_EVENT_COLUMNS,
    from: `usage_event event join usage_meter meter
             on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id`,
    key: 'event',
  },
  payments: {
    columns: `id, created_at as "createdAt", updated_at as "updatedAt", false as livemode,
      organization_id as "organizationId", customer_id as "customerId", reason, status, amount, currency, refunded_amount as "refundedAmount",
      subscription_id as "subscriptionId", invoice_id as "invoiceId", failure`,
    from: 'payment',
    key: 'payment',
  },
} as const satisfies Record<string, ListSource>
