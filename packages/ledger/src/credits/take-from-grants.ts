import { type Selectable, sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import type { Entry } from './post-entries.ts'
import { typed } from '../core/typed.ts'
import type { Tables } from '../core/tables.gen.ts'

/** A grant with credits left and its subscription; `moved` when it came from another one. */
export type OpenGrant = Pick<
  Selectable<Tables['creditGrant']>,
  'id' | 'subscriptionId' | 'usageMeterId' | 'remaining' | 'expiresAt' | 'createdAt'
> & { moved: boolean }

/** Reads the grants of subscriptions' meters with credits left, in burn-down order. */
export async function readOpenGrants(
  from: Queryable,
  grants: { organizationId: string; subscriptionIds: string[]; usageMeterIds: string[] },
): Promise<OpenGrant[]> {
  const { rows } = await sql<OpenGrant>`
    select id, subscription_id, usage_meter_id, remaining, expires_at, created_at,
           position(':to:' in reason) > 0 as moved
    from credit_grant
    where organization_id = ${grants.organizationId} and subscription_id = any(${grants.subscriptionIds})
      and usage_meter_id = any(${grants.usageMeterIds}) and closed_at is null and remaining > 0
    order by expires_at nulls last, created_at, id`.execute(typed(from, 'read-open-grants'))
  return rows
}

/** Reduces the grants by what the entries took from them. */
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
  await sql`
    update credit_grant grant_row
    set remaining = grant_row.remaining - taken.amount,
        depleted_at = case when grant_row.remaining = taken.amount then ${taken.now}::bigint end
    from unnest(${grants.map(([id]) => id)}::text[], ${grants.map(([, { customerId }]) => customerId)}::text[],
                ${grants.map(([, { amount }]) => amount)}::bigint[]) as taken(id, customer_id, amount)
    where grant_row.organization_id = ${taken.organizationId} and grant_row.customer_id = taken.customer_id
      and grant_row.id = taken.id`.execute(typed(to, 'take-from-grants'))
}
