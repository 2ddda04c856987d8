import type { Queryable } from '../core/queryable.ts'
import { type Entry, postEntries } from './post-entries.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** The prefix of the reasons of grants that cover unlimited usage. */
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
 * Covers unlimited usage with a separate grant that grows with it, so that it is counted like any other usage without consuming other
 * credits. Returns the grant.
 */
export async function grantUnlimited(
  to: Queryable,
  use: UnlimitedUse,
  context: { grantId: string; now: number },
): Promise<string> {
  const { organizationId, customerId, subscriptionId, usageMeterId, amount } = use
  const grant = await typed(to, 'grant-unlimited')
    .insertInto('creditGrant')
    .values({
      ...scopeOf(use),
      subscriptionId,
      usageMeterId,
      id: context.grantId,
      source: 'plan',
      name: use.name,
      amount,
      remaining: 0,
      expiresAt: use.periodEnd,
      reason: `${UNLIMITED}${subscriptionId}:${usageMeterId}:${use.billingPeriodId}`,
      depletedAt: context.now,
      createdAt: context.now,
    })
    .onConflict((granted) =>
      granted.columns(['organizationId', 'customerId', 'reason']).doUpdateSet((eb) => ({
        amount: eb('creditGrant.amount', '+', eb.ref('excluded.amount')),
        depletedAt: eb.ref('excluded.depletedAt'),
      })),
    )
    .returning('id')
    .executeTakeFirst()
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
