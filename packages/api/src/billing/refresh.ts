import { freeProcedure } from '../trpc.ts'

/** Reads the billing backend now: after a checkout, before anybody waits for the next sync. */
export const refresh = freeProcedure('reads balances').mutation(async ({ ctx }) => ({
  balances: await ctx.metering.sync(ctx.customer),
}))
