import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { customerBilling } from './customer-billing-answer.ts'
import { type PlanVerb, planVerbs } from './plan-verb.ts'
import { offersOrNone } from './offers-or-none.ts'

/**
 * The customer's subscription and features, null before the first read of the billing backend; and what the customer can do with each
 * plan, empty while the offers are unknown.
 */
export function plan({ signedIn }: BillingProcedures) {
  return signedIn.output(planAnswer).query(async ({ ctx }) => {
    const [billing, offers] = await Promise.all([
      ctx.billing.metering.billing(ctx.billing.customer),
      offersOrNone(ctx.billing),
    ])
    return {
      billing,
      isGuest: ctx.billing.isGuest,
      isOwner: ctx.billing.isOwner,
      maySpend: ctx.billing.maySpend,
      mayBuy: ctx.billing.isOwner && ctx.billing.mayBuy,
      verbs: planVerbs(offers, billing?.subscription ?? null),
    }
  })
}

const verb: z.ZodType<PlanVerb> = z.enum([
  'current',
  'scheduled',
  'subscribe',
  'upgrade',
  'downgrade',
])

const planAnswer = z
  .object({
    billing: customerBilling.nullable(),
    isGuest: z.boolean(),
    /** Whether the caller may buy, and see what was billed. */
    isOwner: z.boolean(),
    maySpend: z.boolean(),
    /** Whether this app may offer the caller a purchase: an app store may forbid it. */
    mayBuy: z.boolean(),
    verbs: z.array(z.object({ priceSlug: z.string(), verb })),
  })
  .describe('The plan of the caller, and what can be done about every other one')
