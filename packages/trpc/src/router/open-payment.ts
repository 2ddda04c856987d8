import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { pageLanguage } from './page-language.ts'
import { requireSale } from './require-sale.ts'
import { returnUrl } from './return-url.ts'

/** Opens the hosted page where an unpaid invoice is paid or the payment method is changed; it returns like a checkout. */
export function openPayment({ free }: BillingProcedures) {
  return free('pays an invoice instead of using credits')
    .input(
      z.object({
        purpose: z.enum(['open_invoice', 'payment_method']),
        returnTo: z.string().max(2000),
        language: pageLanguage,
      }),
    )
    .output(openPaymentAnswer)
    .mutation(async ({ ctx, input: { purpose, returnTo, language }, signal }) => {
      const publicUrl = requireSale(ctx.billing)
      const { customer, metering } = ctx.billing
      const { url } = await metering.backend.openPayment(
        {
          customer,
          purpose,
          successUrl: returnUrl(publicUrl, returnTo, 'success'),
          cancelUrl: returnUrl(publicUrl, returnTo, 'cancelled'),
          ...(language === undefined ? {} : { language }),
        },
        signal ? { signal } : {},
      )
      return { url }
    })
}

const openPaymentAnswer = z
  .object({ url: z.string() })
  .describe('Where the caller pays its open invoice or changes its payment method')
