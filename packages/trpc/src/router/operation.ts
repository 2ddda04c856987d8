import { isOperationKey } from '@tollgate/contract'
import { z } from 'zod'
import type { BillingProcedures } from './billing-procedures.ts'
import { instant } from './instant.ts'

/** What became of the customer's operation with this key; null when it never began. */
export function operation({ signedIn }: BillingProcedures) {
  return signedIn
    .input(
      z.object({
        key: z.string().refine(isOperationKey, '16–64 of A-Z a-z 0-9 _ -'),
        procedure: z.string().max(100).optional(),
      }),
    )
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
    startedAt: instant,
    endedAt: instant.nullable(),
  })
  .nullable()
  .describe('How the operation with this key stands; null when it never began')
