import { z } from 'zod'
import { requireCustomer } from '../../core/customer.ts'
import { listUsage } from '../../usage/list-usage.ts'
import { recordOne, readUsageEvent } from '../../usage/record-one.ts'
import { recordUsage } from '../../usage/record-usage.ts'
import { listedUsageAnswer, usageEventAnswer } from '../answers/answer-shapes.ts'
import { endpoint } from '../endpoint.ts'
import { amount, instant, metadata } from '../fields.ts'

/** A batch is one transaction, whose customers stay locked meanwhile. */
const BATCH_MAX = 5_000
/** A reconciliation reads a month of a busy customer in a few dozen requests. */
const LISTED_MAX = 1_000

const usageEvent = z
  .object({
    subscriptionId: z.string(),
    transactionId: z.string().max(255),
    amount,
    usageDate: instant.optional(),
    properties: metadata.nullish(),
    usageMeterId: z.string().optional(),
    usageMeterSlug: z.string().optional(),
    priceId: z.string().optional(),
    priceSlug: z.string().optional(),
  })
  .refine(
    ({ usageMeterId, usageMeterSlug, priceId, priceSlug }) =>
      [usageMeterId, usageMeterSlug, priceId, priceSlug].filter((name) => name !== undefined)
        .length === 1,
    'give exactly one of usageMeterId, usageMeterSlug, priceId and priceSlug',
  )

/** Usage: what was used, once per transactionId. */
export const USAGE_ENDPOINTS = [
  endpoint({
    method: 'post',
    path: '/usage-events',
    summary: 'Record usage; a known transactionId answers with the original event',
    body: z.object({ usageEvent }),
    answer: z.object({ usageEvent: usageEventAnswer }),
    handle: async ({ ledger, organizationId, body }) => ({
      usageEvent: await recordOne(ledger, { organizationId, report: body.usageEvent }),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/usage-events/bulk',
    summary: 'Record many usage events, all or nothing; answers with those that are new',
    body: z.object({ usageEvents: z.array(usageEvent).max(BATCH_MAX) }),
    answer: z.object({ usageEvents: z.array(usageEventAnswer) }),
    handle: async ({ ledger, organizationId, body }) => ({
      usageEvents: await recordUsage(ledger, { organizationId, reports: body.usageEvents }),
    }),
  }),
  endpoint({
    method: 'get',
    path: '/customers/:externalId/usage-events',
    summary:
      'List a customer’s usage events by when they were used, oldest first, for reconciliation',
    query: z.object({
      usageMeterSlug: z.string().optional(),
      from: z.coerce.number().int().min(0).optional(),
      until: z.coerce.number().int().min(0).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(LISTED_MAX).default(LISTED_MAX),
    }),
    answer: z.object({ data: z.array(listedUsageAnswer), nextCursor: z.string().optional() }),
    handle: async ({ ledger, organizationId, params, query }) => {
      const { customer } = await requireCustomer(ledger.database, {
        organizationId,
        externalId: params.externalId,
      })
      return listUsage(ledger.database, { organizationId, customerId: customer.id, ...query })
    },
  }),
  endpoint({
    method: 'get',
    path: '/usage-events/:id',
    summary: 'Read a usage event',
    answer: z.object({ usageEvent: usageEventAnswer }),
    handle: async ({ ledger, organizationId, params }) => ({
      usageEvent: await readUsageEvent(ledger, {
        organizationId,
        usageEventId: params.id,
      }),
    }),
  }),
]
