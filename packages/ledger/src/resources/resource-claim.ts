import { sql } from 'kysely'
import { notFound } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import type { ResourceClaim, ResourceUsage } from '../core/schemas/resource.ts'
import { typed } from '../core/typed.ts'
import { LIVEMODE } from '../core/livemode.ts'

type Key = { organizationId: string; subscriptionId: string }

/** Reads the capacity and claims of a subscription's resources, or of the given one. */
export async function readResourceUsages(
  from: Queryable,
  { organizationId, subscriptionId, resourceSlug }: Key & { resourceSlug?: string | undefined },
): Promise<(ResourceUsage & { subscriptionFeatureId: string })[]> {
  const slug = resourceSlug ?? null
  const { rows } = await sql<ResourceUsage & { subscriptionFeatureId: string }>`
    select resource.id as resource_id, resource.slug as resource_slug, had.capacity, taken.claimed,
           greatest(had.capacity - taken.claimed, 0) as available, had.feature_id as subscription_feature_id
    from (select resource_id, sum(amount)::bigint as capacity, min(id) as feature_id
          from subscription_feature
          where organization_id = ${organizationId} and subscription_id = ${subscriptionId}
            and type = 'resource' and expired_at is null
          group by resource_id) had
    join resource on resource.organization_id = ${organizationId} and resource.id = had.resource_id
    join lateral (select count(*) as claimed from resource_claim claim
                  where claim.organization_id = ${organizationId} and claim.subscription_id = ${subscriptionId}
                    and claim.resource_id = resource.id and claim.released_at is null) taken on true
    where ${slug}::text is null or resource.slug = ${slug}
    order by resource.created_at, resource.id`.execute(typed(from))
  if (resourceSlug !== undefined && rows.length === 0) throw notFound('resource', resourceSlug)
  return rows
}

/** Reads the claims of a subscription that are not released, oldest first. */
export function readOpenClaims(
  from: Queryable,
  { organizationId, subscriptionId, resourceId }: Key & { resourceId?: string },
): Promise<ResourceClaim[]> {
  return typed(from)
    .selectFrom(['resourceClaim as claim', 'resource'])
    .whereRef('resource.organizationId', '=', 'claim.organizationId')
    .whereRef('resource.id', '=', 'claim.resourceId')
    .where('claim.organizationId', '=', organizationId)
    .where('claim.subscriptionId', '=', subscriptionId)
    .where('claim.releasedAt', 'is', null)
    .$if(resourceId !== undefined, (all) => all.where('claim.resourceId', '=', resourceId ?? ''))
    .select(['claim.id', 'claim.createdAt', 'claim.updatedAt', LIVEMODE, 'claim.claimedAt'])
    .select(['claim.releasedAt', 'claim.releaseReason', 'claim.externalId', 'claim.metadata'])
    .select(['claim.resourceId', 'claim.subscriptionId', 'claim.organizationId'])
    .select(['claim.subscriptionFeatureId as subscriptionItemFeatureId', 'resource.pricingModelId'])
    .orderBy('claim.createdAt')
    .orderBy('claim.id')
    .execute()
}
