import { catalog } from '@tollgate/contract/catalog'
import { slugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'

/** Changes between paid plans; a first paid plan is bought through `billing.checkout`. */
export const changePlan = freeProcedure('manages a subscription')
  .input(z.object({ priceSlug: slugSchema(catalog.prices) }))
  .mutation(async ({ ctx, input }) => {
    const billing = await ctx.backend.changePlan(ctx.customer, input.priceSlug)
    return { billing, balances: await ctx.metering.sync(ctx.customer) }
  })
