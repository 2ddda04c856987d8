import type { SpendCap } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'

/** The customer's own caps per calendar month (UTC), for the meters that have one. */
export function spendCaps({ signedIn }: BillingProcedures) {
  return signedIn.output(spendCapsAnswer).query(async ({ ctx }) => ({
    caps: await ctx.billing.metering.spendCaps(ctx.billing.customer.customerId),
  }))
}

const spendCap: z.ZodType<SpendCap> = z.object({
  meter: z.string(),
  cap: z.number(),
  spent: z.number(),
  resetsAt: instantSchema,
})

/** The caps that a customer has set. */
export const spendCapsAnswer = z
  .object({ caps: z.array(spendCap) })
  .describe('What the caller allows itself to spend per calendar month')
