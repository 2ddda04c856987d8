import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { Offer } from '../catalog/find-offer.ts'
import { typed } from '../core/typed.ts'
import { scopeOf } from '../core/customer-scope.ts'

/** Puts a price on a subscription, with the features of its product. */
export async function addItem(
  tx: LedgerTransaction,
  item: { subscriptionId: string; offer: Offer; quantity: number },
): Promise<void> {
  const { price, product } = item.offer
  const itemId = tx.ledger.newId('si')
  const { subscriptionId, quantity } = item
  await typed(tx)
    .insertInto('subscriptionItem')
    .values({
      ...scopeOf(tx),
      subscriptionId,
      id: itemId,
      priceId: price.id,
      name: price.name ?? product.name,
      unitPrice: price.unitPrice,
      quantity,
      addedAt: tx.now,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .execute()
  const active = product.features.filter((feature) => feature.active)
  // Amounts are stored as sold: a later price list changes new subscriptions, not this one.
  await sql`
    insert into subscription_feature
      (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, product_feature_id,
       type, amount, usage_meter_id, renewal_frequency, resource_id, created_at, updated_at)
    select ${tx.organizationId}, ${tx.customerId}, ${subscriptionId}, ${itemId}, given.id, feature.id, pf.id,
           feature.type, feature.amount::bigint * ${quantity}, feature.usage_meter_id, feature.renewal_frequency,
           feature.resource_id, ${tx.now}, ${tx.now}
    from unnest(${active.map(() => tx.ledger.newId('sub_feature'))}::text[],
                ${active.map(({ id }) => id)}::text[]) as given(id, feature_id)
    join feature on feature.organization_id = ${tx.organizationId} and feature.id = given.feature_id
    join product_feature pf
      on pf.organization_id = ${tx.organizationId} and pf.product_id = ${product.id}
     and pf.feature_id = given.feature_id`.execute(typed(tx))
}

/** Removes all items of a subscription with their features, as of `at`. */
export async function expireItems(
  tx: LedgerTransaction,
  { subscriptionId, at }: { subscriptionId: string; at: number },
): Promise<void> {
  for (const table of ['subscriptionItem', 'subscriptionFeature'] as const) {
    await typed(tx)
      .updateTable(table)
      .set({ expiredAt: at, updatedAt: tx.now })
      .where(({ and }) => and({ organizationId: tx.organizationId, subscriptionId }))
      .where('expiredAt', 'is', null)
      .execute()
  }
}
