import type { LedgerFilter, LedgerItem } from '@tollgate/contract'
import { instantSchema } from '@tollgate/contract/schema'
import { z } from 'zod'
import { activityItem } from './activity.ts'
import type { BillingProcedures } from './billing-procedures.ts'
import { ledgerPage } from './ledger-page.ts'

/**
 * One page of the customer's own ledger, newest first: operations with their cost, and other changes of credits. With a filter, a page
 * may have fewer lines than requested, or none, and still have a next page.
 */
export function ledger({ signedIn, meter }: BillingProcedures) {
  return signedIn
    .input(
      ledgerPage.extend({
        meter: meter.optional(),
        statuses: z.array(z.enum(STATUSES)).min(1).optional(),
        from: z.iso.datetime().optional(),
        until: z.iso.datetime().optional(),
      }),
    )
    .output(ledgerAnswer)
    .query(({ ctx, input: { cursor, limit, ...filter } }) =>
      ctx.billing.metering.ledger(ctx.billing.customer.customerId, {
        limit,
        filter: withoutUndefined(filter),
        ...(cursor ? { cursor } : {}),
      }),
    )
}

function withoutUndefined({ meter, statuses, from, until }: GivenFilter): LedgerFilter {
  return {
    ...(meter === undefined ? {} : { meter }),
    ...(statuses === undefined ? {} : { statuses }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  }
}

type GivenFilter = { [Field in keyof LedgerFilter]: LedgerFilter[Field] | undefined }

const REASONS = ['plan', 'purchase', 'grant', 'refund', 'expiry', 'adjustment'] as const
const STATUSES = ['held', 'charged', 'released', ...REASONS] as const

const ledgerItem: z.ZodType<LedgerItem> = z.discriminatedUnion('kind', [
  activityItem.extend({ kind: z.literal('operation') }),
  z.object({
    kind: z.literal('change'),
    changeId: z.string(),
    reason: z.enum(REASONS),
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
