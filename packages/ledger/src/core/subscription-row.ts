import { type InferResult, sql } from 'kysely'
import { type CustomerScope, scopeOf } from './customer-scope.ts'
import { notFound } from './ledger-error.ts'
import type { Queryable } from './queryable.ts'
import { typed } from './typed.ts'

/** A stored subscription. */
export type SubscriptionRow = InferResult<ReturnType<typeof selectSubscriptions>>[number]

/** The states of a subscription. */
export type SubscriptionStatus = SubscriptionRow['status']

/** The items that a scheduled adjustment will apply. */
export type ScheduledItem = NonNullable<SubscriptionRow['scheduledItems']>[number]

const IN_FORCE: readonly SubscriptionStatus[] = [
  'trialing',
  'active',
  'past_due',
  'cancellation_scheduled',
]

/** The statuses in which a subscription is in force, as literals in the statement, so that the planner can use their partial index. */
const IN_FORCE_STATUSES = IN_FORCE.map((status) => sql.lit(status))

/** Whether a subscription is in force. */
export function isInForce(subscription: { status: SubscriptionStatus }): boolean {
  return IN_FORCE.includes(subscription.status)
}

/** Reads one subscription of an organisation. */
export async function readSubscription(
  from: Queryable,
  { organizationId, subscriptionId }: { organizationId: string; subscriptionId: string },
): Promise<SubscriptionRow> {
  const row = await selectSubscriptions(from, 'read-subscription')
    .where(({ and }) => and({ organizationId, id: subscriptionId }))
    .executeTakeFirst()
  if (!row) throw notFound('subscription', subscriptionId)
  return row
}

/** Reads a customer's subscriptions, newest first. */
export function readSubscriptions(
  from: Queryable,
  scope: CustomerScope,
): Promise<SubscriptionRow[]> {
  return selectSubscriptions(from, 'read-subscriptions')
    .where(({ and }) => and(scopeOf(scope)))
    .orderBy('createdAt', 'desc')
    .orderBy('updatedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Reads a customer's subscription in force, if any. */
export async function readCurrentSubscription(
  from: Queryable,
  scope: CustomerScope,
): Promise<SubscriptionRow | null> {
  const row = await selectSubscriptions(from, 'read-current-subscription')
    .where(({ and }) => and(scopeOf(scope)))
    .where('status', 'in', IN_FORCE_STATUSES)
    .executeTakeFirst()
  return row ?? null
}

function selectSubscriptions(from: Queryable, name: string) {
  return typed(from, name)
    .selectFrom('subscription')
    .select(['organizationId', 'customerId', 'id', 'pricingModelId', 'priceId', 'name', 'status'])
    .select(['isFreePlan', 'doNotCharge', 'intervalUnit', 'intervalCount', 'anchorAt'])
    .select(['periodIndex', 'periodId', 'periodStart', 'periodEnd', 'trialEnd', 'startedAt'])
    .select(['canceledAt', 'cancelScheduledAt', 'cancellationReason', 'replacedBySubscriptionId'])
    .select(['graceEndsAt', 'scheduledItems', 'scheduledAdjustmentAt', 'paymentMethodId'])
    .select(['metadata', 'createdAt', 'updatedAt'])
}
