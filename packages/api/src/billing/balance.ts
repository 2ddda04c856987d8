import { protectedProcedure } from '../trpc.ts'

/** Every meter of the customer. */
export const balance = protectedProcedure.query(async ({ ctx }) => ({
  balances: await ctx.metering.balances(ctx.customer),
}))
