import { freeProcedure } from '../trpc.ts'

/** Cancels the plan at the end of its period. */
export const cancelPlan = freeProcedure('manages a subscription').mutation(async ({ ctx }) => {
  const billing = await ctx.backend.cancelPlan(ctx.customer)
  return { billing, balances: await ctx.metering.sync(ctx.customer) }
})
