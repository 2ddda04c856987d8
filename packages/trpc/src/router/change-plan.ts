import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { changedPlanAnswer } from './customer-billing-answer.ts'

/** Changes between paid plans; a first paid plan is bought through `billing.checkout`. */
export function changePlan({ free, price }: BillingProcedures) {
  return free('manages a subscription')
    .input(z.object({ priceSlug: price }))
    .output(changedPlanAnswer)
    .mutation(async ({ ctx, input }) => {
      const billing = await ctx.billing.metering.backend.changePlan(
        ctx.billing.customer,
        input.priceSlug,
      )
      return { billing, balances: await ctx.billing.metering.sync(ctx.billing.customer) }
    })
}
