import type { DailyUse } from '@tollgate/contract'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'

/** What the customer was charged per UTC day and meter; days without usage are omitted. */
export function history({ signedIn }: BillingProcedures) {
  return signedIn
    .input(z.object({ days: z.number().int().min(1).max(90).default(30) }))
    .output(historyAnswer)
    .query(async ({ ctx, input: { days } }) => ({
      used: await ctx.billing.metering.history(ctx.billing.customer.customerId, { days }),
    }))
}

const dailyUse: z.ZodType<DailyUse> = z.object({
  day: z.string().meta({ format: 'date' }),
  meter: z.string(),
  amount: z.number(),
})

const historyAnswer = z
  .object({ used: z.array(dailyUse) })
  .describe('What the caller was charged per UTC day and meter')
