import { freeProcedure } from '../trpc.ts'

/** Takes a scheduled cancellation or change of plan back. */
export const keepPlan = freeProcedure('manages a subscription').mutation(async ({ ctx }) => {
  const billing = await ctx.backend.keepPlan(ctx.customer)
  return { billing, balances: await ctx.metering.sync(ctx.customer) }
})
