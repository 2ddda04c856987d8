import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { balanceSource } from './balances-answer.ts'

/** A customer's plan, features and meters as last read from the billing backend. */
export const customerBilling = z.object({
  customerId: z.string(),
  subscription: z
    .object({
      id: z.string(),
      status: z.string(),
      planSlug: z.string(),
      planName: z.string(),
      priceSlug: z.string().nullable(),
      isFree: z.boolean(),
      periodStart: instantSchema.nullable(),
      periodEnd: instantSchema.nullable(),
      cancelsAt: instantSchema.nullable(),
      scheduledChangeAt: instantSchema.nullable(),
    })
    .nullable(),
  features: z.array(z.string()),
  meters: z.array(
    z.object({
      meter: z.string(),
      available: z.number(),
      granted: z.number(),
      breakdown: z.array(balanceSource),
    }),
  ),
})
