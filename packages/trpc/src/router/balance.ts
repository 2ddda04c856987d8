import { balancesAnswer } from './balances-answer.ts'
import type { BillingProcedures } from './billing-procedures.ts'

/** Every meter of the customer. */
export function balance({ signedIn }: BillingProcedures) {
  return signedIn.output(balancesAnswer).query(async ({ ctx }) => ({
    balances: await ctx.billing.metering.balances(ctx.billing.customer),
  }))
}
