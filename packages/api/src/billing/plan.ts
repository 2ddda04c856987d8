import { protectedProcedure } from '../trpc.ts'
import { planVerbs } from './plan-verb.ts'
import { offersOrNone } from './offers-or-none.ts'

/**
 * The customer's subscription and features, null while the billing backend has never been reached; and what can be done about
 * each plan, none while what is for sale is unknown.
 */
export const plan = protectedProcedure.query(async ({ ctx }) => {
  const [billing, offers] = await Promise.all([
    ctx.metering.billing(ctx.customer),
    offersOrNone(ctx),
  ])
  return {
    billing,
    isGuest: ctx.isGuest,
    verbs: planVerbs(offers, billing?.subscription ?? null),
  }
})
