import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { returnUrl } from './return-url.ts'

/** Opens a hosted checkout that comes back to `returnTo` with `?checkout=success` or `?checkout=cancelled`. */
export function checkout({ free, price }: BillingProcedures) {
  return free('sells credits instead of using them')
    .input(z.object({ priceSlug: price, returnTo: z.string().max(2000) }))
    .output(checkoutAnswer)
    .mutation(async ({ ctx, input: { priceSlug, returnTo }, signal }) => {
      const { customer, mayBuy, metering, publicUrl } = ctx.billing
      if (!mayBuy) {
        throw new TRPCError({
          code: 'FORBIDDEN',
          message: 'This app may not sell here. The plan can be changed in a browser.',
        })
      }
      if (publicUrl === null) {
        throw new TRPCError({
          code: 'PRECONDITION_FAILED',
          message:
            'Nothing can be bought here: createBilling() was given no publicUrl to return to.',
        })
      }
      const { url } = await metering.backend.openCheckout(
        {
          customer,
          priceSlug,
          successUrl: returnUrl(publicUrl, returnTo, 'success'),
          cancelUrl: returnUrl(publicUrl, returnTo, 'cancelled'),
        },
        signal ? { signal } : {},
      )
      return { url }
    })
}

const checkoutAnswer = z
  .object({ url: z.string() })
  .describe('Where the caller pays for a plan or a top-up')
