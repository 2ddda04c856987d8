import { z } from 'zod'
import { requireCustomer } from '../../core/customer.ts'
import { listUsage } from '../../usage/list-usage.ts'
import { recordOne, readUsageEvent } from '../../usage/record-one.ts'
import { recordUsage } from '../../usage/record-usage.ts'
import { listedUsageSchema, usageEventSchema, usageReportSchema } from '../../core/schemas/usage.ts'
import { endpoint } from '../endpoint.ts'

/** A batch is one transaction and keeps its customers locked. */
const BATCH_MAX = 5_000
/** A reconciliation reads a month of a busy customer in a few dozen requests. */
const LISTED_MAX = 1_000

/** Usage events, recorded once per transactionId. */
export const USAGE_ENDPOINTS = [
  endpoint('POST /usage-events', {
    summary: 'Record usage; a known transactionId answers with the original event',
    body: z.object({ usageEvent: usageReportSchema }),
    answer: z.object({ usageEvent: usageEventSchema }),
    handle: async ({ ledger, scope, body }) => ({
      usageEvent: await recordOne(ledger, { ...scope, report: body.usageEvent }),
    }),
  }),
  endpoint('POST /usage-events/bulk', {
    summary: 'Record many usage events, all or nothing; answers with those that are new',
    body: z.object({ usageEvents: z.array(usageReportSchema).max(BATCH_MAX) }),
    answer: z.object({ usageEvents: z.array(usageEventSchema) }),
    handle: async ({ ledger, scope, body }) => ({
      usageEvents: await recordUsage(ledger, { ...scope, reports: body.usageEvents }),
    }),
  }),
  endpoint('GET /customers/:externalId/usage-events', {
    summary:
      'List a customer’s usage events by when they were used, oldest first, for reconciliation',
    query: z.object({
      usageMeterSlug: z.string().optional(),
      from: z.coerce.number().int().min(0).optional(),
      until: z.coerce.number().int().min(0).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(LISTED_MAX).default(LISTED_MAX),
    }),
    answer: z.object({ data: z.array(listedUsageSchema), nextCursor: z.string().optional() }),
    handle: async ({ ledger, scope, query }) => {
      const { customer } = await requireCustomer(ledger.database, scope)
      return listUsage(ledger.database, { ...query, ...scope, customerId: customer.id })
    },
  }),
  endpoint('GET /usage-events/:usageEventId', {
    summary: 'Read a usage event',
    answer: z.object({ usageEvent: usageEventSchema }),
    handle: async ({ ledger, scope }) => ({ usageEvent: await readUsageEvent(ledger, scope) }),
  }),
]
