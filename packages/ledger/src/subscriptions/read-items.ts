import type { Queryable } from '../core/queryable.ts'
import { typed } from '../core/typed.ts'

/** Reads the items of a subscription that have not expired. */
export function readItems(
  from: Queryable,
  { organizationId, subscriptionId }: { organizationId: string; subscriptionId: string },
) {
  return typed(from, 'read-items')
    .selectFrom(['subscriptionItem as item', 'price'])
    .whereRef('price.organizationId', '=', 'item.organizationId')
    .whereRef('price.id', '=', 'item.priceId')
    .where('item.organizationId', '=', organizationId)
    .where('item.subscriptionId', '=', subscriptionId)
    .where('item.expiredAt', 'is', null)
    .select(['item.id', 'item.priceId', 'item.name', 'item.unitPrice', 'item.quantity'])
    .select('price.currency')
    .orderBy('item.createdAt')
    .orderBy('item.id')
    .execute()
}

/** The current items of a subscription. */
export type ItemRow = Awaited<ReturnType<typeof readItems>>[number]

/** The price of items per period, in minor units. */
export function totalOf(items: readonly { unitPrice: number; quantity: number }[]): number {
  return items.reduce((sum, item) => sum + item.unitPrice * item.quantity, 0)
}
