import { type Selectable, sql } from 'kysely'
import { type CustomerScope, scopeOf } from './customer-scope.ts'
import { notFound } from './ledger-error.ts'
import type { Queryable } from './queryable.ts'
import type { Tables } from './tables.gen.ts'
import { typed } from './typed.ts'

/** The columns of `SubscriptionRow`. */
const SUBSCRIPTION_COLUMNS = [
  'organizationId',
  'customerId',
  'id',
  'pricingModelId',
  'priceId',
  'name',
  'status',
  'isFreePlan',
  'doNotCharge',
  'intervalUnit',
  'intervalCount',
  'anchorAt',
  'periodIndex',
  'periodId',
  'periodStart',
  'periodEnd',
  'trialEnd',
  'startedAt',
  'canceledAt',
  'cancelScheduledAt',
  'cancellationReason',
  'replacedBySubscriptionId',
  'graceEndsAt',
  'scheduledItems',
  'scheduledAdjustmentAt',
  'paymentMethodId',
  'metadata',
  'createdAt',
  'updatedAt',
] as const

/** A stored subscription. */
export type SubscriptionRow = Pick<
  Selectable<Tables['subscription']>,
  (typeof SUBSCRIPTION_COLUMNS)[number]
>

/** The states of a subscription. */
export type SubscriptionStatus = SubscriptionRow['status']

/** What a scheduled adjustment will change the items to. */
export type ScheduledItem = NonNullable<SubscriptionRow['scheduledItems']>[number]

const IN_FORCE: readonly SubscriptionStatus[] = [
  'trialing',
  'active',
  'past_due',
  'cancellation_scheduled',
]

/** The statuses in which a subscription is in force, as text in the statement: the index of those needs to see them. */
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
  const row = await typed(from, 'read-subscription')
    .selectFrom('subscription')
    .select(SUBSCRIPTION_COLUMNS)
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
  return typed(from, 'read-subscriptions')
    .selectFrom('subscription')
    .select(SUBSCRIPTION_COLUMNS)
    .where(({ and }) => and(scopeOf(scope)))
    .orderBy('createdAt', 'desc')
    .orderBy('updatedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Reads the one subscription a customer has in force, if any. */
export async function readCurrentSubscription(
  from: Queryable,
  scope: CustomerScope,
): Promise<SubscriptionRow | null> {
  const row = await typed(from, 'read-current-subscription')
    .selectFrom('subscription')
    .select(SUBSCRIPTION_COLUMNS)
    .where(({ and }) => and(scopeOf(scope)))
    .where('status', 'in', IN_FORCE_STATUSES)
    .executeTakeFirst()
  return row ?? null
}
