import { z } from 'zod'
import { protectedProcedure } from '../trpc.ts'

/** What the customer was charged per UTC day and meter; days without use are left out. */
export const history = protectedProcedure
  .input(z.object({ days: z.number().int().min(1).max(90).default(30) }))
  .query(async ({ ctx, input: { days } }) => ({
    used: await ctx.metering.history(ctx.customer.customerId, { days }),
  }))
