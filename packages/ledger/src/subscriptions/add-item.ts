import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import type { Offer } from '../catalog/find-offer.ts'

/** Puts a price on a subscription, with the features of its product. */
export async function addItem(
  tx: LedgerTransaction,
  item: { subscriptionId: string; offer: Offer; quantity: number },
): Promise<void> {
  const { price, product } = item.offer
  const itemId = tx.ledger.newId('si')
  const scope = [tx.organizationId, tx.customerId, item.subscriptionId] as const
  await tx.query({
    text: `insert into subscription_item
             (organization_id, customer_id, subscription_id, id, price_id, name, unit_price, quantity, added_at,
              created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9)`,
    values: [
      ...scope,
      itemId,
      price.id,
      price.name ?? product.name,
      price.unitPrice,
      item.quantity,
      tx.now,
    ],
  })
  const active = product.features.filter((feature) => feature.active)
  await tx.query({
    // Amounts are kept as they were sold: a later price list changes new subscriptions, not this one.
    text: `insert into subscription_feature
             (organization_id, customer_id, subscription_id, subscription_item_id, id, feature_id, product_feature_id,
              type, amount, usage_meter_id, renewal_frequency, resource_id, created_at, updated_at)
           select $1, $2, $3, $4, given.id, feature.id, pf.id, feature.type, feature.amount::bigint * $8,
                  feature.usage_meter_id, feature.renewal_frequency, feature.resource_id, $9, $9
           from unnest($5::text[], $6::text[]) as given(id, feature_id)
           join feature on feature.organization_id = $1 and feature.id = given.feature_id
           join product_feature pf
             on pf.organization_id = $1 and pf.product_id = $7 and pf.feature_id = given.feature_id`,
    values: [
      ...scope,
      itemId,
      active.map(() => tx.ledger.newId('sub_feature')),
      active.map((feature) => feature.id),
      product.id,
      item.quantity,
      tx.now,
    ],
  })
}

/** Takes all items off a subscription as of `at`, and their features with them. */
export async function expireItems(
  tx: LedgerTransaction,
  { subscriptionId, at }: { subscriptionId: string; at: number },
): Promise<void> {
  for (const table of ['subscription_item', 'subscription_feature']) {
    await tx.query({
      text: `update ${table} set expired_at = $3, updated_at = $4
             where organization_id = $1 and subscription_id = $2 and expired_at is null`,
      values: [tx.organizationId, subscriptionId, at, tx.now],
    })
  }
}
