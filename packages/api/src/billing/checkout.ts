import { catalog } from '@tollgate/contract/catalog'
import { slugSchema } from '@tollgate/contract/schema'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { maySellTo } from '../may-sell-to.ts'
import { freeProcedure } from '../trpc.ts'
import { returnUrl } from './return-url.ts'

/** Opens a hosted checkout that comes back to `returnTo` with `?checkout=success` or `?checkout=cancelled`. */
export const checkout = freeProcedure('sells credits instead of using them')
  .input(z.object({ priceSlug: slugSchema(catalog.prices), returnTo: z.string().max(2000) }))
  .mutation(async ({ ctx, input: { priceSlug, returnTo }, signal }) => {
    if (!maySellTo(ctx.headers)) {
      throw new TRPCError({
        code: 'FORBIDDEN',
        message: 'This app may not sell here. The plan can be changed in a browser.',
      })
    }
    const { url } = await ctx.backend.openCheckout(
      {
        customer: ctx.customer,
        priceSlug,
        successUrl: returnUrl(ctx.publicUrl, returnTo, 'success'),
        cancelUrl: returnUrl(ctx.publicUrl, returnTo, 'cancelled'),
      },
      signal ? { signal } : {},
    )
    return { url }
  })
