import type { BillingProcedures } from './billing-procedures.ts'

/** What the customer allows itself to spend per calendar month (UTC), for the meters it has set a cap on. */
export function spendCaps({ signedIn }: BillingProcedures) {
  return signedIn.query(async ({ ctx }) => ({
    caps: await ctx.billing.metering.spendCaps(ctx.billing.customer.customerId),
  }))
}
