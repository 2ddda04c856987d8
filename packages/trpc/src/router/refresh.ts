import { balancesAnswer } from './balances-answer.ts'
import type { BillingProcedures } from './billing-procedures.ts'

/** Reads the billing backend now: after a checkout, without waiting for the next sync. */
export function refresh({ free }: BillingProcedures) {
  return free('reads balances')
    .output(balancesAnswer)
    .mutation(async ({ ctx }) => ({
      balances: await ctx.billing.metering.sync(ctx.billing.customer),
    }))
}
