import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'

/** What changing to a plan would cost and when it would take effect; changes nothing. */
export function previewPlanChange({ free, price }: BillingProcedures) {
  return free('manages a subscription')
    .input(z.object({ priceSlug: price }))
    .mutation(({ ctx, input }) =>
      ctx.billing.metering.backend.previewPlanChange(ctx.billing.customer, input.priceSlug),
    )
}
