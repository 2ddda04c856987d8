import type { CustomerScope } from './customer-scope.ts'
import type { IntervalUnit } from './pricing-model.ts'
import { notFound } from './ledger-error.ts'
import type { Queryable } from './queryable.ts'

/** The states of a subscription. */
export type SubscriptionStatus =
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'cancellation_scheduled'
  | 'incomplete'
  | 'canceled'

/** What a scheduled adjustment will change the items to. */
export type ScheduledItem = { priceId: string; quantity: number }

/** A stored subscription. */
export type SubscriptionRow = {
  organizationId: string
  customerId: string
  id: string
  pricingModelId: string
  priceId: string
  name: string
  status: SubscriptionStatus
  isFreePlan: boolean
  doNotCharge: boolean
  intervalUnit: IntervalUnit
  intervalCount: number
  anchorAt: number
  periodIndex: number
  periodId: string
  periodStart: number
  periodEnd: number
  trialEnd: number | null
  startedAt: number
  canceledAt: number | null
  cancelScheduledAt: number | null
  cancellationReason: string | null
  replacedBySubscriptionId: string | null
  /** Until when an unpaid plan stays in force; null while it is paid. */
  graceEndsAt: number | null
  scheduledItems: ScheduledItem[] | null
  scheduledAdjustmentAt: number | null
  paymentMethodId: string | null
  metadata: unknown
  createdAt: number
  updatedAt: number
}

/** The statuses in which a subscription is in force. */
const IN_FORCE: readonly SubscriptionStatus[] = [
  'trialing',
  'active',
  'past_due',
  'cancellation_scheduled',
]

/** Whether a subscription is in force. */
export function isInForce(subscription: { status: SubscriptionStatus }): boolean {
  return IN_FORCE.includes(subscription.status)
}

/** The columns of `SubscriptionRow`. */
const SUBSCRIPTION_COLUMNS = `organization_id as "organizationId", customer_id as "customerId", id,
  pricing_model_id as "pricingModelId", price_id as "priceId", name, status, is_free_plan as "isFreePlan",
  do_not_charge as "doNotCharge", interval_unit as "intervalUnit", interval_count as "intervalCount",
  anchor_at as "anchorAt", period_index as "periodIndex", period_id as "periodId",
  period_start as "periodStart", period_end as "periodEnd", trial_end as "trialEnd", started_at as "startedAt",
  canceled_at as "canceledAt", cancel_scheduled_at as "cancelScheduledAt",
  cancellation_reason as "cancellationReason", replaced_by_subscription_id as "replacedBySubscriptionId",
  grace_ends_at as "graceEndsAt", scheduled_items as "scheduledItems", scheduled_adjustment_at as "scheduledAdjustmentAt",
  payment_method_id as "paymentMethodId", metadata, created_at as "createdAt", updated_at as "updatedAt"`

/** Reads one subscription of an organisation. */
export async function readSubscription(
  from: Queryable,
  { organizationId, subscriptionId }: { organizationId: string; subscriptionId: string },
): Promise<SubscriptionRow> {
  const [row] = await from.query<SubscriptionRow>({
    name: 'read-subscription',
    text: `select ${SUBSCRIPTION_COLUMNS} from subscription where organization_id = $1 and id = $2`,
    values: [organizationId, subscriptionId],
  })
  if (!row) throw notFound('subscription', subscriptionId)
  return row
}

/** Reads a customer's subscriptions, newest first. */
export function readSubscriptions(
  from: Queryable,
  { organizationId, customerId }: CustomerScope,
): Promise<SubscriptionRow[]> {
  return from.query<SubscriptionRow>({
    name: 'read-subscriptions',
    text: `select ${SUBSCRIPTION_COLUMNS} from subscription where organization_id = $1 and customer_id = $2
           order by created_at desc, updated_at desc, id desc`,
    values: [organizationId, customerId],
  })
}

/** Reads the one subscription a customer has in force, if any. */
export async function readCurrentSubscription(
  from: Queryable,
  { organizationId, customerId }: CustomerScope,
): Promise<SubscriptionRow | null> {
  const [row] = await from.query<SubscriptionRow>({
    name: 'read-current-subscription',
    text: `select ${SUBSCRIPTION_COLUMNS} from subscription where organization_id = $1 and customer_id = $2
             and status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')`,
    values: [organizationId, customerId],
  })
  return row ?? null
}
