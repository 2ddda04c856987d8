import { balancesAnswer } from './balances-answer.ts'
import type { BillingProcedures } from './billing-procedures.ts'
import { dropSummary } from './summary-cache.ts'

/** Reads the billing backend now: after a checkout, without waiting for the next sync. */
export function refresh({ free }: BillingProcedures) {
  return free('reads balances')
    .output(balancesAnswer)
    .mutation(async ({ ctx }) => {
      const { metering, customer } = ctx.billing
      dropSummary(metering.backend, customer)
      return { balances: await metering.sync(customer) }
    })
}
