import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import type { Entry } from './post-entries.ts'
import { typed } from '../core/typed.ts'
import { anyOf } from '../core/any-of.ts'

/** A grant with something left, and where it belongs; `moved` when it came from another subscription. */
export type OpenGrant = Awaited<ReturnType<typeof readOpenGrants>>[number]

/** Reads the grants of subscriptions' meters that have something left, in the order they are used. */
export function readOpenGrants(
  from: Queryable,
  grants: { organizationId: string; subscriptionIds: string[]; usageMeterIds: string[] },
) {
  return typed(from, 'read-open-grants')
    .selectFrom('creditGrant')
    .select(['id', 'subscriptionId', 'usageMeterId', 'remaining', 'expiresAt', 'createdAt'])
    .select(sql<boolean>`position(':to:' in reason) > 0`.as('moved'))
    .where('organizationId', '=', grants.organizationId)
    .where('subscriptionId', '=', anyOf(grants.subscriptionIds))
    .where('usageMeterId', '=', anyOf(grants.usageMeterIds))
    .where('closedAt', 'is', null)
    .where('remaining', '>', sql.lit(0))
    .orderBy('expiresAt', (order) => order.asc().nullsLast())
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
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
  await sql`
    update credit_grant grant_row
    set remaining = grant_row.remaining - taken.amount,
        depleted_at = case when grant_row.remaining = taken.amount then ${taken.now}::bigint end
    from unnest(${grants.map(([id]) => id)}::text[], ${grants.map(([, { customerId }]) => customerId)}::text[],
                ${grants.map(([, { amount }]) => amount)}::bigint[]) as taken(id, customer_id, amount)
    where grant_row.organization_id = ${taken.organizationId} and grant_row.customer_id = taken.customer_id
      and grant_row.id = taken.id`.execute(typed(to, 'take-from-grants'))
}
