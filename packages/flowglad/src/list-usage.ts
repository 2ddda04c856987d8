import { type CallOptions, type UsagePage, type UsageQuery } from '@tollgate/contract'
import { z } from 'zod'
import type { SelfHostedContext } from './flowglad-context.ts'
import { readAnswer } from './wire.ts'

const pageSchema = z.object({
  data: z.array(
    z.object({
      transactionId: z.string(),
      usageMeterSlug: z.string(),
      amount: z.number(),
      usageDate: z.number(),
      properties: z.object({ operationId: z.string().optional().catch(undefined) }).nullish(),
    }),
  ),
  nextCursor: z.string().optional(),
})

/** Lists a customer's usage events, a page at a time, oldest first. */
export async function listUsage(
  flowglad: SelfHostedContext,
  query: UsageQuery,
  call?: CallOptions,
): Promise<UsagePage> {
  const { customerId, meter, from, until, cursor, limit } = query
  const path = `/api/v1/customers/${encodeURIComponent(customerId)}/usage-events`
  const parameters = { usageMeterSlug: meter, from, until, cursor, limit }
  const answer = await flowglad.connection.read(
    'the usage events of a customer',
    (limits) => flowglad.api.get(path, { ...limits, query: parameters }),
    call,
  )
  const { data, nextCursor } = readAnswer(pageSchema, answer, 'the usage events of a customer')
  return {
    events: data.map(({ transactionId, usageMeterSlug, amount, usageDate, properties }) => ({
      transactionId,
      meter: Object.hasOwn(flowglad.catalog.meters, usageMeterSlug) ? usageMeterSlug : null,
      amount,
      at: usageDate,
      operationId: properties?.operationId ?? null,
    })),
    nextCursor: nextCursor ?? null,
  }
}
