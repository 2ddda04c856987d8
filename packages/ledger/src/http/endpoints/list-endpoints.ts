import { z } from 'zod'
import { CUSTOMER_COLUMNS } from '../../core/customer.ts'
import { type ListSource, readPage } from '../../core/read-page.ts'
import { USAGE_EVENT_COLUMNS } from '../../usage/usage-event.ts'
import { customerSchema } from '../../core/schemas/customer.ts'
import { listedPaymentSchema } from '../../core/schemas/payment.ts'
import { usageEventSchema } from '../../core/schemas/usage.ts'
import { endpoint } from '../endpoint.ts'
import { page } from '../fields.ts'

type Listed = { id: string; createdAt: number }

/** Lists: customers for the drift check, payments because a refund names one, usage events for audits. */
export const LIST_ENDPOINTS = [
  list('customers', customerSchema, {
    columns: CUSTOMER_COLUMNS,
    from: 'customer',
    key: 'customer',
  }),
  list('usage-events', usageEventSchema, {
    columns: USAGE_EVENT_COLUMNS,
    from: `usage_event event join usage_meter meter
             on meter.organization_id = event.organization_id and meter.id = event.usage_meter_id`,
    key: 'event',
  }),
  list('payments', listedPaymentSchema, {
    columns: `id, created_at as "createdAt", updated_at as "updatedAt", false as livemode,
      organization_id as "organizationId", customer_id as "customerId", reason, status, amount, currency,
      refunded_amount as "refundedAmount", subscription_id as "subscriptionId", invoice_id as "invoiceId", failure`,
    from: 'payment',
    key: 'payment',
  }),
]

function list<Item extends Listed>(name: string, item: z.ZodType<Item, Item>, source: ListSource) {
  return endpoint(`GET /${name}`, {
    summary: `List ${name.replaceAll('-', ' ')}, newest first`,
    query: page,
    answer: z.object({
      data: z.array(item),
      hasMore: z.boolean(),
      total: z.int().min(0),
      currentCursor: z.string().optional(),
      nextCursor: z.string().optional(),
    }),
    handle: ({ ledger, scope, query }) =>
      readPage<Item>(ledger.database, source, { ...query, ...scope }),
  })
}
