import type { BillingProcedures } from './billing-procedures.ts'
import { changedPlanAnswer } from './customer-billing-answer.ts'

/** Cancels the plan at the end of its period. */
export function cancelPlan({ free }: BillingProcedures) {
  return free('manages a subscription')
    .output(changedPlanAnswer)
    .mutation(async ({ ctx }) => {
      const billing = await ctx.billing.metering.backend.cancelPlan(ctx.billing.customer)
      return { billing, balances: await ctx.billing.metering.sync(ctx.billing.customer) }
    })
}
