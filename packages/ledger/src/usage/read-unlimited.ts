import type { Queryable } from '../queryable.ts'
import type { SubscriptionStatus } from '../subscriptions/subscription-row.ts'

/** A toggle that lifts the limit of a subscription's meter. */
export type UnlimitedToggle = {
  subscriptionId: string
  usageMeterId: string
  name: string
  expiredAt: number | null
}

/** Reads the `unlimited_<meter>` toggles that subscriptions have or had. */
export function readUnlimited(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<UnlimitedToggle[]> {
  return from.query<UnlimitedToggle>({
    name: 'read-unlimited',
    text: `select given.subscription_id as "subscriptionId", meter.id as "usageMeterId", feature.name,
                  given.expired_at as "expiredAt"
           from subscription_feature given
           join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
           join usage_meter meter
             on meter.organization_id = feature.organization_id and meter.pricing_model_id = feature.pricing_model_id
            and feature.slug = 'unlimited_' || meter.slug
           where given.organization_id = $1 and given.subscription_id = any($2) and given.type = 'toggle'`,
    values: [organizationId, subscriptionIds],
  })
}

/** Finds the toggle that was in force when something was used; an unpaid plan has none for its unpaid period. Pure. */
export function findUnlimited(
  toggles: readonly UnlimitedToggle[],
  use: {
    subscriptionId: string
    usageMeterId: string
    status: SubscriptionStatus
    periodStart: number
    usedAt: number
  },
): UnlimitedToggle | undefined {
  if (use.status === 'past_due' && use.usedAt >= use.periodStart) return undefined
  return toggles.find(
    (toggle) =>
      toggle.subscriptionId === use.subscriptionId &&
      toggle.usageMeterId === use.usageMeterId &&
      (toggle.expiredAt === null || toggle.expiredAt > use.usedAt),
  )
}
