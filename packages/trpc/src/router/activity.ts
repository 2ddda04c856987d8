import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { callSubjects } from './call-subjects.ts'
import { ledgerPage } from './ledger-page.ts'

/** One page of what the customer did and what it cost, newest first; for clients released before `ledger`. */
export function activity({ signedIn }: BillingProcedures) {
  return signedIn
    .input(ledgerPage)
    .output(activityAnswer)
    .query(({ ctx, input: { cursor, limit } }) =>
      ctx.billing.metering.activity(ctx.billing.customer.customerId, {
        limit,
        ...(cursor ? { cursor } : {}),
      }),
    )
}

/** One meter of one operation. */
export const activityItem = z.object({
  operationId: z.string(),
  procedure: z.string(),
  meter: z.string(),
  status: z.enum(['held', 'charged', 'released']),
  amount: z.number(),
  balanceAfter: z.number().nullable(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  subjects: callSubjects,
})

const activityAnswer = z
  .object({ items: z.array(activityItem), nextCursor: z.string().nullable() })
  .describe('One page of what the caller did and what it cost, newest first')
