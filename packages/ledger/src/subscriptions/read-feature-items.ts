import type { Queryable } from '../core/queryable.ts'
import type { FeatureItem } from '../core/schemas/subscription.ts'

/** Reads the features of subscriptions that have not expired. */
export function readFeatureItems(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<(FeatureItem & { subscriptionId: string })[]> {
  return from.query<FeatureItem & { subscriptionId: string }>({
    name: 'read-feature-items',
    text: `select given.id, given.created_at as "createdAt", given.updated_at as "updatedAt", false as livemode,
                  given.subscription_id as "subscriptionId", given.subscription_item_id as "subscriptionItemId",
                  given.feature_id as "featureId", given.product_feature_id as "productFeatureId", given.type,
                  given.amount, given.usage_meter_id as "usageMeterId",
                  given.renewal_frequency as "renewalFrequency", given.expired_at as "expiredAt",
                  given.detached_at as "detachedAt", given.detached_reason as "detachedReason",
                  given.manually_created as "manuallyCreated", feature.pricing_model_id as "pricingModelId",
                  given.resource_id as "resourceId", feature.name, feature.slug
           from subscription_feature given
           join feature on feature.organization_id = given.organization_id and feature.id = given.feature_id
           where given.organization_id = $1 and given.subscription_id = any($2) and given.expired_at is null
           order by feature.position, given.created_at, given.id`,
    values: [organizationId, subscriptionIds],
  })
}
