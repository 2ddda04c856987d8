import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'

/** What the customer was charged per UTC day and meter; days without use are left out. */
export function history({ signedIn }: BillingProcedures) {
  return signedIn
    .input(z.object({ days: z.number().int().min(1).max(90).default(30) }))
    .query(async ({ ctx, input: { days } }) => ({
      used: await ctx.billing.metering.history(ctx.billing.customer.customerId, { days }),
    }))
}
