import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** A subscription in force, with its owner. */
export type Subscriber = { organizationId: string; subscriptionId: string; customerId: string }

/** Reads a page of the subscriptions in force of a product, ordered by id, and one more, to know whether there is another page. */
export async function readSubscribers(
  from: Queryable,
  page: {
    organizationId: string
    productId: string
    cursor?: string | undefined
    limit: number
  },
): Promise<Subscriber[]> {
  const { rows } = await sql<Subscriber>`
    select sub.organization_id, sub.id as subscription_id, sub.customer_id
    from subscription sub
    where sub.organization_id = ${page.organizationId} and sub.id > ${page.cursor ?? ''}
      and sub.status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')
      and exists (select from subscription_item item
                  join price on price.organization_id = item.organization_id and price.id = item.price_id
                  where item.organization_id = sub.organization_id and item.subscription_id = sub.id
                    and item.expired_at is null and price.product_id = ${page.productId})
    order by sub.id limit ${page.limit + 1}`.execute(typed(from))
  return rows
}
