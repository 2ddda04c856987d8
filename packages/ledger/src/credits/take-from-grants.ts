import type { Queryable } from '../core/queryable.ts'
import type { BurnableGrant } from './burn-down.ts'
import type { Entry } from './post-entries.ts'

/** A grant with something left, and where it belongs. */
export type OpenGrant = BurnableGrant & {
  subscriptionId: string
  usageMeterId: string
  createdAt: number
  /** It came from another subscription. */
  moved: boolean
}

/** Reads the grants of subscriptions' meters that have something left, in the order they are used. */
export function readOpenGrants(
  from: Queryable,
  grants: { organizationId: string; subscriptionIds: string[]; usageMeterIds: string[] },
): Promise<OpenGrant[]> {
  return from.query<OpenGrant>({
    name: 'read-open-grants',
    text: `select id, subscription_id as "subscriptionId", usage_meter_id as "usageMeterId", remaining,
                  expires_at as "expiresAt", created_at as "createdAt",
                  position(':to:' in reason) > 0 as moved
           from credit_grant
           where organization_id = $1 and subscription_id = any($2) and usage_meter_id = any($3)
             and closed_at is null and remaining > 0
           order by expires_at nulls last, created_at, id`,
    values: [grants.organizationId, grants.subscriptionIds, grants.usageMeterIds],
  })
}

/** Lowers the grants by what entries took from them. */
export async function takeFromGrants(
  to: Queryable,
  taken: { organizationId: string; entries: readonly Entry[]; now: number },
): Promise<void> {
  const byGrant = new Map<string, { customerId: string; amount: number }>()
  for (const { grantId, customerId, amount } of taken.entries) {
    if (grantId === null) continue
    byGrant.set(grantId, { customerId, amount: (byGrant.get(grantId)?.amount ?? 0) + amount })
  }
  const grants = [...byGrant]
  if (grants.length === 0) return
  await to.query({
    name: 'take-from-grants',
    text: `update credit_grant grant_row
           set remaining = grant_row.remaining - taken.amount,
               depleted_at = case when grant_row.remaining = taken.amount then $5::bigint end
           from unnest($2::text[], $3::text[], $4::bigint[]) as taken(id, customer_id, amount)
           where grant_row.organization_id = $1 and grant_row.customer_id = taken.customer_id
             and grant_row.id = taken.id`,
    values: [
      taken.organizationId,
      grants.map(([id]) => id),
      grants.map(([, { customerId }]) => customerId),
      grants.map(([, { amount }]) => amount),
      taken.now,
    ],
  })
}
