import type { Queryable } from '../core/queryable.ts'
import type { FeatureItem } from '../core/schemas/subscription.ts'
import { typed } from '../core/typed.ts'
import { anyOf } from '../core/any-of.ts'
import { LIVEMODE } from '../core/livemode.ts'

/** Reads the features of subscriptions that have not expired. */
export function readFeatureItems(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<(FeatureItem & { subscriptionId: string })[]> {
  return typed(from, 'read-feature-items')
    .selectFrom(['subscriptionFeature as given', 'feature'])
    .whereRef('feature.organizationId', '=', 'given.organizationId')
    .whereRef('feature.id', '=', 'given.featureId')
    .where('given.organizationId', '=', organizationId)
    .where('given.subscriptionId', '=', anyOf(subscriptionIds))
    .where('given.expiredAt', 'is', null)
    .select(['given.id', 'given.createdAt', 'given.updatedAt', LIVEMODE, 'given.subscriptionId'])
    .select(['given.subscriptionItemId', 'given.featureId', 'given.productFeatureId'])
    .select(['given.type', 'given.amount', 'given.usageMeterId', 'given.renewalFrequency'])
    .select(['given.expiredAt', 'given.detachedAt', 'given.detachedReason'])
    .select(['given.manuallyCreated', 'feature.pricingModelId', 'given.resourceId'])
    .select(['feature.name', 'feature.slug'])
    .orderBy('feature.position')
    .orderBy('given.createdAt')
    .orderBy('given.id')
    .execute()
}
