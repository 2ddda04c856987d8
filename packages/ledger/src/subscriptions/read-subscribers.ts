import type { Queryable } from '../core/queryable.ts'

/** A subscription in force, with its owner. */
export type Subscriber = { organizationId: string; subscriptionId: string; customerId: string }

/** Reads the subscriptions in force of a product in the order of their ids, and one more than a page has, to know whether there are more. */
export function readSubscribers(
  from: Queryable,
  page: {
    organizationId: string
    productId: string
    cursor?: string | undefined
    limit: number
  },
): Promise<Subscriber[]> {
  return from.query<Subscriber>({
    text: `select sub.organization_id as "organizationId", sub.id as "subscriptionId", sub.customer_id as "customerId"
           from subscription sub
           where sub.organization_id = $1 and sub.id > $3
             and sub.status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')
             and exists (select from subscription_item item
                         join price on price.organization_id = item.organization_id and price.id = item.price_id
                         where item.organization_id = sub.organization_id and item.subscription_id = sub.id
                           and item.expired_at is null and price.product_id = $2)
           order by sub.id limit $4`,
    values: [page.organizationId, page.productId, page.cursor ?? '', page.limit + 1],
  })
}
