import { notFound } from '../core/ledger-error.ts'
import type { Queryable } from '../core/queryable.ts'
import type { ResourceClaim, ResourceUsage } from '../core/schemas/resource.ts'

/** The columns of `ResourceClaim`; needs `resource_claim claim` joined with `resource`. */
const CLAIM_COLUMNS = `claim.id, claim.created_at as "createdAt", claim.updated_at as "updatedAt",
  false as livemode, claim.claimed_at as "claimedAt", claim.released_at as "releasedAt",
  claim.release_reason as "releaseReason", claim.external_id as "externalId", claim.metadata,
  claim.resource_id as "resourceId", claim.subscription_id as "subscriptionId",
  claim.subscription_feature_id as "subscriptionItemFeatureId", claim.organization_id as "organizationId",
  resource.pricing_model_id as "pricingModelId"`

type Key = { organizationId: string; subscriptionId: string }

/** Reads what a subscription has of each resource, or of the one named. */
export async function readResourceUsages(
  from: Queryable,
  { organizationId, subscriptionId, resourceSlug }: Key & { resourceSlug?: string | undefined },
): Promise<(ResourceUsage & { subscriptionFeatureId: string })[]> {
  const rows = await from.query<ResourceUsage & { subscriptionFeatureId: string }>({
    text: `select resource.id as "resourceId", resource.slug as "resourceSlug", had.capacity, taken.claimed,
                  greatest(had.capacity - taken.claimed, 0) as available,
                  had.feature_id as "subscriptionFeatureId"
           from (select resource_id, sum(amount)::bigint as capacity, min(id) as feature_id
                 from subscription_feature
                 where organization_id = $1 and subscription_id = $2 and type = 'resource' and expired_at is null
                 group by resource_id) had
           join resource on resource.organization_id = $1 and resource.id = had.resource_id
           join lateral (select count(*) as claimed from resource_claim claim
                         where claim.organization_id = $1 and claim.subscription_id = $2
                           and claim.resource_id = resource.id and claim.released_at is null) taken on true
           where $3::text is null or resource.slug = $3
           order by resource.created_at, resource.id`,
    values: [organizationId, subscriptionId, resourceSlug ?? null],
  })
  if (resourceSlug !== undefined && rows.length === 0) throw notFound('resource', resourceSlug)
  return rows
}

/** Reads the claims of a subscription that are not released, oldest first. */
export function readOpenClaims(
  from: Queryable,
  { organizationId, subscriptionId, resourceId }: Key & { resourceId?: string },
): Promise<ResourceClaim[]> {
  return from.query<ResourceClaim>({
    text: `select ${CLAIM_COLUMNS} from resource_claim claim
           join resource on resource.organization_id = claim.organization_id and resource.id = claim.resource_id
           where claim.organization_id = $1 and claim.subscription_id = $2 and claim.released_at is null
             and ($3::text is null or claim.resource_id = $3)
           order by claim.created_at, claim.id`,
    values: [organizationId, subscriptionId, resourceId ?? null],
  })
}
