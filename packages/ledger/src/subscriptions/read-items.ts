import type { Queryable } from '../core/queryable.ts'

/** What a subscription consists of now. */
export type ItemRow = {
  id: string
  priceId: string
  name: string | null
  unitPrice: number
  quantity: number
  currency: string
}

/** Reads the items of a subscription that have not expired. */
export function readItems(
  from: Queryable,
  { organizationId, subscriptionId }: { organizationId: string; subscriptionId: string },
): Promise<ItemRow[]> {
  return from.query<ItemRow>({
    name: 'read-items',
    text: `select item.id, item.price_id as "priceId", item.name, item.unit_price as "unitPrice", item.quantity,
                  price.currency
           from subscription_item item
           join price on price.organization_id = item.organization_id and price.id = item.price_id
           where item.organization_id = $1 and item.subscription_id = $2 and item.expired_at is null
           order by item.created_at, item.id`,
    values: [organizationId, subscriptionId],
  })
}

/** What items cost per period, in minor units. */
export function totalOf(items: readonly { unitPrice: number; quantity: number }[]): number {
  return items.reduce((sum, item) => sum + item.unitPrice * item.quantity, 0)
}
