import { protectedProcedure } from '../trpc.ts'

/** What the customer allows itself to spend per calendar month (UTC), for the meters it has set a cap on. */
export const spendCaps = protectedProcedure.query(async ({ ctx }) => ({
  caps: await ctx.metering.spendCaps(ctx.customer.customerId),
}))
