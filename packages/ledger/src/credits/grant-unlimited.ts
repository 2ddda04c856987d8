import type { Queryable } from '../core/queryable.ts'
import { type Entry, postEntries } from './post-entries.ts'

/** How the reasons of grants that cover unlimited usage begin. */
export const UNLIMITED = 'unlimited:'

/** Usage of one period that a plan's `unlimited_<meter>` toggle covers. */
export type UnlimitedUse = {
  organizationId: string
  customerId: string
  subscriptionId: string
  usageMeterId: string
  billingPeriodId: string
  name: string
  periodEnd: number
  amount: number
}

/**
 * Covers unlimited usage by a grant of its own that grows with it, so that it is counted like any other usage and takes
 * nothing from the credits beside it. Returns the grant.
 */
export async function grantUnlimited(
  to: Queryable,
  use: UnlimitedUse,
  context: { grantId: string; now: number },
): Promise<string> {
  const { organizationId, customerId, subscriptionId, usageMeterId, amount } = use
  const [grant] = await to.query<{ id: string }>({
    name: 'grant-unlimited',
    text: `insert into credit_grant as given
             (organization_id, customer_id, subscription_id, usage_meter_id, id, source, name, amount, remaining,
              expires_at, reason, depleted_at, created_at)
           values ($1, $2, $3, $4, $5, 'plan', $6, $7, 0, $8, $9, $10, $10)
           on conflict (organization_id, customer_id, reason) do update
             set amount = given.amount + excluded.amount, depleted_at = excluded.depleted_at
           returning id`,
    values: [
      organizationId,
      customerId,
      subscriptionId,
      usageMeterId,
      context.grantId,
      use.name,
      amount,
      use.periodEnd,
      `${UNLIMITED}${subscriptionId}:${usageMeterId}:${use.billingPeriodId}`,
      context.now,
    ],
  })
  const grantId = grant?.id ?? context.grantId
  const entry: Entry = {
    organizationId,
    customerId,
    subscriptionId,
    usageMeterId,
    kind: 'grant',
    amount,
    grantId,
    note: 'unlimited in this plan',
    occurredAt: context.now,
  }
  await postEntries(to, [entry])
  return grantId
}
