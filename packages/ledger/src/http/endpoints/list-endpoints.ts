import { z } from 'zod'
import { selectCustomers } from '../../core/customer.ts'
import { LIVEMODE } from '../../core/livemode.ts'
import { type List, readPage } from '../../core/read-page.ts'
import { customerSchema } from '../../core/schemas/customer.ts'
import { listedPaymentSchema } from '../../core/schemas/payment.ts'
import { usageEventSchema } from '../../core/schemas/usage.ts'
import type { Tables } from '../../core/tables.gen.ts'
import { selectUsageEvents } from '../../usage/usage-event.ts'
import { endpoint } from '../endpoint.ts'
import { page } from '../../core/schemas/fields.ts'

/** Lists: customers for the drift check, payments because a refund names one, usage events for audits. */
export const LIST_ENDPOINTS = [
  list('customers', customerSchema, { key: 'customer', select: selectCustomers }),
  list('usage-events', usageEventSchema, { key: 'usageEvent', select: selectUsageEvents }),
  list('payments', listedPaymentSchema, {
    key: 'payment',
    select: (from) =>
      from
        .selectFrom('payment')
        .select(['id', 'createdAt', 'updatedAt', LIVEMODE, 'organizationId', 'customerId'])
        .select(['reason', 'status', 'amount', 'currency', 'refundedAmount'])
        .select(['subscriptionId', 'invoiceId', 'failure']),
  }),
]

function list<From extends keyof Tables, Item extends { id: string; createdAt: number }>(
  name: string,
  item: z.ZodType<Item, Item>,
  source: List<From, Item>,
) {
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
    handle: ({ ledger, scope, query }) => readPage(ledger.database, source, { ...query, ...scope }),
  })
}
