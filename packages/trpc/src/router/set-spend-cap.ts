import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { requireOwner } from './require-owner.ts'
import { spendCapsAnswer } from './spend-caps.ts'

/** Sets the customer's own monthly cap of one meter, or removes it with null; enforced from the next call on. */
export function setSpendCap({ free, meter }: BillingProcedures) {
  return free('limits what other calls may cost')
    .input(
      z.object({
        meter,
        cap: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
      }),
    )
    .output(spendCapsAnswer)
    .mutation(async ({ ctx, input }) => {
      requireOwner(ctx.billing)
      await ctx.billing.metering.setSpendCap(ctx.billing.customer, input)
      return { caps: await ctx.billing.metering.spendCaps(ctx.billing.customer.customerId) }
    })
}
