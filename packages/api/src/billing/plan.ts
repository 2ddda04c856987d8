import { protectedProcedure } from '../trpc.ts'

/** The customer's subscription and features; null while the billing backend has never been reached. */
export const plan = protectedProcedure.query(async ({ ctx }) => ({
  billing: await ctx.metering.billing(ctx.customer),
  isGuest: ctx.isGuest,
}))
