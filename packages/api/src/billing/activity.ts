import { z } from 'zod'
import { protectedProcedure } from '../trpc.ts'

/** One page of what the customer did and what it cost, newest first. */
export const activity = protectedProcedure
  .input(
    z.object({
      cursor: z.string().max(200).nullish(),
      limit: z.number().int().min(1).max(100).default(20),
    }),
  )
  .query(({ ctx, input: { cursor, limit } }) =>
    ctx.metering.activity(ctx.customer.customerId, { limit, ...(cursor ? { cursor } : {}) }),
  )
