import { sql } from 'kysely'
import type { Queryable } from '../core/queryable.ts'
import type { ShownItem } from '../core/schemas/subscription.ts'
import { typed } from '../core/typed.ts'
import { anyOf } from '../core/any-of.ts'
import { LIVEMODE } from '../core/livemode.ts'

/** Reads the items of subscriptions: the current ones, and for an ended subscription those at its end. */
export function readShownItems(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<ShownItem[]> {
  return typed(from, 'read-shown-items')
    .selectFrom(['subscriptionItem as item', 'subscription as sub'])
    .whereRef('sub.organizationId', '=', 'item.organizationId')
    .whereRef('sub.id', '=', 'item.subscriptionId')
    .where('item.organizationId', '=', organizationId)
    .where('item.subscriptionId', '=', anyOf(subscriptionIds))
    .where((eb) =>
      eb('item.expiredAt', 'is', null).or('item.expiredAt', '=', eb.ref('sub.canceledAt')),
    )
    .select(['item.id', 'item.createdAt', 'item.updatedAt', LIVEMODE, 'item.subscriptionId'])
    .select(['item.name', 'item.addedAt as addedDate', 'item.priceId', 'item.unitPrice'])
    .select(['item.quantity', 'item.metadata', 'item.expiredAt', 'item.manuallyCreated'])
    .select(['sub.pricingModelId', sql.lit<'static'>('static').as('type')])
    .select(sql.lit(null).as('externalId'))
    .orderBy('item.createdAt')
    .orderBy('item.id')
    .execute()
}
