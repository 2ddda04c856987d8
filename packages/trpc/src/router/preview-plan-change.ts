import type { PlanChangePreview } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { requireOwner } from './require-owner.ts'

/** What changing to a plan would cost and when it would take effect; changes nothing. */
export function previewPlanChange({ free, price }: BillingProcedures) {
  return free('manages a subscription')
    .input(z.object({ priceSlug: price }))
    .output(planChangeAnswer)
    .mutation(({ ctx, input }) => {
      requireOwner(ctx.billing)
      return ctx.billing.metering.backend.previewPlanChange(ctx.billing.customer, input.priceSlug)
    })
}

const planChangeAnswer: z.ZodType<PlanChangePreview> = z
  .object({
    verb: z.enum(['upgrade', 'downgrade', 'current', 'subscribe']),
    timing: z.enum(['now', 'period_end', 'checkout']),
    dueNow: z.number(),
    currency: z.string(),
    effectiveAt: instantSchema,
  })
  .describe('What a change to this plan would cost and when it takes effect')
