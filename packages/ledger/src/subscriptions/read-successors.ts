import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import type { SubscriptionStatus } from '../core/subscription-row.ts'
import { typed } from '../core/typed.ts'

/** The successor of an ended subscription, with its owner. */
export type Successor = {
  subscriptionId: string
  customerId: string
  status: SubscriptionStatus
  dueAt: number | null
}

/** Longer than any chain of plan changes; only guards against a corrupt chain. */
const CHAIN_MAX = 1_000

/** Finds the final successors of ended subscriptions: another plan, or the same plan of another customer. */
export async function readSuccessors(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<Map<string, Successor>> {
  if (subscriptionIds.length === 0) return new Map()
  const { rows } = await sql<Successor & { first: string }>`
    with recursive chain as (
      select id as first, id, replaced_by_subscription_id as next, 0 as steps from subscription
      where organization_id = ${organizationId} and id = any(${subscriptionIds})
      union all
      select chain.first, sub.id, sub.replaced_by_subscription_id, chain.steps + 1 from chain
      join subscription sub on sub.organization_id = ${organizationId} and sub.id = chain.next
      where chain.steps < ${sql.lit(CHAIN_MAX)}
    )
    select distinct on (chain.first) chain.first, sub.id as subscription_id, sub.customer_id, sub.status,
           customer.due_at
    from chain
    join subscription sub on sub.organization_id = ${organizationId} and sub.id = chain.id
    join customer on customer.organization_id = ${organizationId} and customer.id = sub.customer_id
    where chain.steps > 0
    order by chain.first, chain.steps desc`.execute(typed(from, 'read-successors'))
  return new Map(rows.map(({ first, ...successor }) => [first, successor]))
}
