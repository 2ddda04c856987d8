import { instantSchema, operationKeySchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'

/** What became of the customer's operation with this key; null when it never started. */
export function operation({ signedIn }: BillingProcedures) {
  return signedIn
    .input(z.object({ key: operationKeySchema, procedure: z.string().max(100).optional() }))
    .output(operationAnswer)
    .query(({ ctx, input: { key, procedure } }) =>
      ctx.billing.metering.operation(ctx.billing.customer.customerId, key, procedure),
    )
}

const operationAnswer = z
  .object({
    operationId: z.string(),
    procedure: z.string(),
    state: z.enum(['executing', 'settled', 'voided', 'expired']),
    attempt: z.number(),
    charges: z.array(z.object({ meter: z.string(), held: z.number(), charged: z.number() })),
    startedAt: instantSchema,
    endedAt: instantSchema.nullable(),
  })
  .nullable()
  .describe('How the operation with this key stands; null when it never began')
