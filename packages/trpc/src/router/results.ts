import type { CustomerId, PaidResult } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { presentResult } from './present-result.ts'

/** One page of the stored results that the customer paid for, also as a guest, newest first. */
export function results({ signedIn }: BillingProcedures) {
  return signedIn
    .input(
      z.object({
        procedure: z.string().max(100).optional(),
        cursor: z.string().max(200).nullish(),
        limit: z.number().int().min(1).max(24).default(12),
      }),
    )
    .output(resultsAnswer)
    .query(async ({ ctx, input: { procedure, cursor, limit } }) => {
      const { customer, metering, guestsOf, codec, present } = ctx.billing
      const customerIds: CustomerId[] = [customer.customerId]
      customerIds.push(...(await guestsOf(customer.customerId)))
      const page = await metering.results(customerIds, {
        limit,
        codec,
        ...(procedure ? { procedure } : {}),
        ...(cursor ? { cursor } : {}),
      })
      const items = page.items.map(({ operationId, ...item }) => ({
        ...item,
        operationId,
        ...presentResult(item, { operationId, present }),
      }))
      return { items, nextCursor: page.nextCursor }
    })
}

const paidResult: z.ZodType<PaidResult> = z.object({
  operationId: z.string(),
  procedure: z.string(),
  charges: z.array(z.object({ meter: z.string(), amount: z.number() })),
  startedAt: instantSchema,
  endedAt: instantSchema,
  keptUntil: instantSchema,
  output: z.unknown(),
  streamed: z.boolean(),
  complete: z.boolean(),
})

const resultsAnswer = z
  .object({ items: z.array(paidResult), nextCursor: z.string().nullable() })
  .describe('One page of the results that the caller paid for and that are kept, newest first')
