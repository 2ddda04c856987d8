import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { pageLanguage } from './page-language.ts'
import { requireSale } from './require-sale.ts'
import { returnUrl } from './return-url.ts'

/** Opens a hosted checkout that returns to `returnTo` with `?checkout=success` or `?checkout=cancelled`. */
export function checkout({ free, price }: BillingProcedures) {
  return free('sells credits instead of using them')
    .input(z.object({ priceSlug: price, returnTo: z.string().max(2000), language: pageLanguage }))
    .output(checkoutAnswer)
    .mutation(async ({ ctx, input: { priceSlug, returnTo, language }, signal }) => {
      const publicUrl = requireSale(ctx.billing)
      const { customer, metering } = ctx.billing
      const { url } = await metering.backend.openCheckout(
        {
          customer,
          priceSlug,
          successUrl: returnUrl(publicUrl, returnTo, 'success'),
          cancelUrl: returnUrl(publicUrl, returnTo, 'cancelled'),
          ...(language === undefined ? {} : { language }),
        },
        signal ? { signal } : {},
      )
      return { url }
    })
}

const checkoutAnswer = z
  .object({ url: z.string() })
  .describe('Where the caller pays for a plan or a top-up')
