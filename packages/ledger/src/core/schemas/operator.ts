import { z } from 'zod'
import { at, id } from './record.ts'

/** An API key as its organisation sees it: the key itself is known only to its holder. */
export const apiKeySchema = z.object({
  id,
  name: z.string(),
  createdAt: at,
  revokedAt: at.nullable(),
})
export type ApiKey = z.output<typeof apiKeySchema>

/** The result of the ledger checks. */
export const verificationSchema = z.object({
  intact: z.boolean(),
  violations: z.array(z.object({ invariant: z.string(), broken: z.int().min(1) })),
})

/** The outcome of a change of plan; a checkout's URL when the customer has to pay first and has no payment method. */
export const planChangeSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['changed', 'payment_failed', 'scheduled']),
    effectiveAt: at,
    url: z.null(),
  }),
  z.object({ outcome: z.literal('checkout'), effectiveAt: z.null(), url: z.string() }),
])
export type PlanChangeOutcome = z.output<typeof planChangeSchema>

/** The outcome for one subscription of a migrated plan: `unpaid` ones are skipped until their period is paid. */
const migratedSubscriptionSchema = z.object({
  customerExternalId: z.string(),
  subscriptionId: id,
  outcome: z.enum(['would_change', 'changed', 'unpaid']),
  gains: z.array(
    z.object({
      featureSlug: z.string(),
      usageMeterSlug: z.string().nullable(),
      amountBefore: z.int().nullable(),
      amountAfter: z.int().nullable(),
    }),
  ),
})
export type MigratedSubscription = z.output<typeof migratedSubscriptionSchema>

/** What one page of a plan's subscriptions gains. */
export const planMigrationSchema = z.object({
  data: z.array(migratedSubscriptionSchema),
  examined: z.int().min(0),
  nextCursor: z.string().nullable(),
})
export type PlanMigrationPage = z.output<typeof planMigrationSchema>
