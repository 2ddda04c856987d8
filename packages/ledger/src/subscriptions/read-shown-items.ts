import type { Queryable } from '../core/queryable.ts'
import type { ShownItem } from '../core/schemas/subscription.ts'

/** Reads the items of subscriptions: those in force, and of an ended subscription all it had at its end. */
export function readShownItems(
  from: Queryable,
  { organizationId, subscriptionIds }: { organizationId: string; subscriptionIds: string[] },
): Promise<ShownItem[]> {
  return from.query<ShownItem>({
    name: 'read-shown-items',
    text: `select item.id, item.created_at as "createdAt", item.updated_at as "updatedAt", false as livemode,
                  item.subscription_id as "subscriptionId", item.name, item.added_at as "addedDate",
                  item.price_id as "priceId", item.unit_price as "unitPrice", item.quantity, item.metadata,
                  'static' as type, null as "externalId", item.expired_at as "expiredAt",
                  item.manually_created as "manuallyCreated", sub.pricing_model_id as "pricingModelId"
           from subscription_item item
           join subscription sub
             on sub.organization_id = item.organization_id and sub.id = item.subscription_id
           where item.organization_id = $1 and item.subscription_id = any($2)
             and (item.expired_at is null or item.expired_at = sub.canceled_at)
           order by item.created_at, item.id`,
    values: [organizationId, subscriptionIds],
  })
}
