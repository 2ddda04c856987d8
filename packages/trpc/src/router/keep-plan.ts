import type { BillingProcedures } from './billing-procedures.ts'
import { changedPlanAnswer } from './customer-billing-answer.ts'

/** Takes a scheduled cancellation or change of plan back. */
export function keepPlan({ free }: BillingProcedures) {
  return free('manages a subscription')
    .output(changedPlanAnswer)
    .mutation(async ({ ctx }) => {
      const billing = await ctx.billing.metering.backend.keepPlan(ctx.billing.customer)
      return { billing, balances: await ctx.billing.metering.sync(ctx.billing.customer) }
    })
}
