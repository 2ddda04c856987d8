import type { Queryable } from '../queryable.ts'
import type { BurnableGrant } from './burn-down.ts'

/** A grant that was written off; `remaining` is what of it no late usage has taken back yet. */
export type ExpiredGrant = BurnableGrant & {
  subscriptionId: string
  usageMeterId: string
  expiresAt: number
  createdAt: number
}

/** Reads the grants of subscriptions' meters that would still have been good at an instant, but were written off since. */
export function readExpiredGrants(
  from: Queryable,
  grants: {
    organizationId: string
    subscriptionIds: string[]
    usageMeterIds: string[]
    goodAt: number
  },
): Promise<ExpiredGrant[]> {
  return from.query<ExpiredGrant>({
    name: 'read-expired-grants',
    text: `select given.id, given.subscription_id as "subscriptionId", given.usage_meter_id as "usageMeterId",
                  given.expires_at as "expiresAt", given.created_at as "createdAt", written_off.remaining
           from credit_grant given
           join lateral (
             select coalesce(sum(case when entry.kind = 'expiry' then entry.amount else -entry.amount end), 0)::bigint
                      as remaining
             from ledger_entry entry
             where entry.organization_id = given.organization_id and entry.customer_id = given.customer_id
               and entry.credit_grant_id = given.id and entry.kind in ('expiry', 'expiry_reversal')
           ) written_off on written_off.remaining > 0
           where given.organization_id = $1 and given.subscription_id = any($2) and given.usage_meter_id = any($3)
             and given.closed_at is not null and given.expires_at > $4
           order by given.expires_at, given.created_at, given.id`,
    values: [grants.organizationId, grants.subscriptionIds, grants.usageMeterIds, grants.goodAt],
  })
}
