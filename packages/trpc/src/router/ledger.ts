import type { LedgerItem } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { activityItem } from './activity.ts'
import type { BillingProcedures } from './billing-procedures.ts'
import { ledgerPage } from './ledger-page.ts'

/** One page of the customer's own ledger, newest first: what it did and what it cost, and credits that came or went otherwise. */
export function ledger({ signedIn }: BillingProcedures) {
  return signedIn
    .input(ledgerPage)
    .output(ledgerAnswer)
    .query(({ ctx, input: { cursor, limit } }) =>
      ctx.billing.metering.ledger(ctx.billing.customer.customerId, {
        limit,
        ...(cursor ? { cursor } : {}),
      }),
    )
}

const ledgerItem: z.ZodType<LedgerItem> = z.discriminatedUnion('kind', [
  activityItem.extend({ kind: z.literal('operation') }),
  z.object({
    kind: z.literal('change'),
    changeId: z.string(),
    reason: z.enum(['plan', 'purchase', 'grant', 'refund', 'expiry', 'adjustment']),
    name: z.string().nullable(),
    meter: z.string(),
    amount: z.number(),
    balanceAfter: z.number().nullable(),
    at: instantSchema,
  }),
])

const ledgerAnswer = z
  .object({ items: z.array(ledgerItem), nextCursor: z.string().nullable() })
  .describe('One page of the ledger of the caller, newest first')
