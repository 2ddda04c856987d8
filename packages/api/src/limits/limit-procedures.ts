import { freeProcedure, protectedProcedure } from '../trpc.ts'
import { authorizeChange } from './authorize-change.ts'
import { allowance, limitName, limitsAnswer } from './limit-schemas.ts'
import { requireSubject } from './require-subject.ts'
import { resolveRaise } from './resolve-raise.ts'
import { visibleLimits } from './visible-limits.ts'

/** Limits of the caller's account, its members and its API keys: visible to their subjects, set and removed by those who pay. */
export const limitProcedures = {
  /** The limits that the caller may see, with what is left of each; free. */
  list: protectedProcedure
    .output(limitsAnswer)
    .query(async ({ ctx }) => ({ limits: await visibleLimits(ctx) })),
  /** Sets, raises or lowers a limit, and closes the request to raise it; effective from the next call. Free. */
  set: freeProcedure('limits what other calls may cost')
    .input(limitName.extend(allowance.shape))
    .output(limitsAnswer)
    .mutation(async ({ ctx, input }) => {
      authorizeChange(ctx)
      await requireSubject(input.subject, ctx)
      await ctx.metering.limits.set({ customer: ctx.customer, ...input })
      await resolveRaise(ctx, input)
      return { limits: await visibleLimits(ctx) }
    }),
  /** Removes a limit, also that of a member who has left, and closes the request to raise it; free. */
  remove: freeProcedure('takes a limit of other calls away')
    .input(limitName)
    .output(limitsAnswer)
    .mutation(async ({ ctx, input }) => {
      authorizeChange(ctx)
      await ctx.metering.limits.remove({ customerId: ctx.customer.customerId, ...input })
      await resolveRaise(ctx, input)
      return { limits: await visibleLimits(ctx) }
    }),
}
