import { catalog } from '@tollgate/contract/catalog'
import { slugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'

/** Sets the customer's own monthly cap of one meter, or takes it away with null; kept to from the next call on. */
export const setSpendCap = freeProcedure('limits what other calls may cost')
  .input(
    z.object({
      meter: slugSchema(catalog.meters),
      cap: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    await ctx.metering.setSpendCap(ctx.customer, input)
    return { caps: await ctx.metering.spendCaps(ctx.customer.customerId) }
  })
