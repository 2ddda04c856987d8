import { priceSlugSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { freeProcedure } from '../trpc.ts'
import { returnUrl } from './return-url.ts'

/** Opens a hosted checkout that comes back to `returnTo` with `?checkout=success` or `?checkout=cancelled`. */
export const checkout = freeProcedure('sells credits instead of using them')
  .input(z.object({ priceSlug: priceSlugSchema, returnTo: z.string().max(2000) }))
  .mutation(async ({ ctx, input: { priceSlug, returnTo }, signal }) => {
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
