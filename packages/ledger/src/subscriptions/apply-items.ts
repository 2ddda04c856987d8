import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { findAnyOffer, type Offer } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { waiveUnlimited } from '../credits/waive-unlimited.ts'
import { addItem, expireItems } from './add-item.ts'
import {
  readSubscription,
  type ScheduledItem,
  type SubscriptionRow,
} from '../core/subscription-row.ts'

/** Replaces what a subscription consists of, as of now or of the end of its period. */
export async function applyItems(
  tx: LedgerTransaction,
  change: { subscription: SubscriptionRow; items: readonly ScheduledItem[]; at: number },
): Promise<SubscriptionRow> {
  const { subscription, at } = change
  const model = await readPricingModel(tx, tx)
  const items = change.items.map(({ priceId, quantity }) => ({
    offer: findAnyOffer(model, { priceId }),
    quantity,
  }))
  await waiveUnlimited(tx, subscription.id)
  await expireItems(tx, { subscriptionId: subscription.id, at })
  for (const item of items) await addItem(tx, { subscriptionId: subscription.id, ...item })
  const [leading] = items
  if (leading) await renameAfter(tx, { subscription, offer: leading.offer, at })
  return readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: subscription.id,
  })
}

/** Applies what was scheduled for the end of the period. */
export function applyScheduledItems(
  tx: LedgerTransaction,
  subscription: SubscriptionRow,
): Promise<SubscriptionRow> {
  const items = subscription.scheduledItems ?? []
  return applyItems(tx, { subscription, items, at: subscription.periodEnd })
}

/** A subscription carries the name and the interval of its first item; another interval counts from the change on. */
async function renameAfter(
  tx: LedgerTransaction,
  { subscription, offer, at }: { subscription: SubscriptionRow; offer: Offer; at: number },
): Promise<void> {
  const { price, product } = offer
  const sameInterval =
    price.intervalUnit === subscription.intervalUnit &&
    price.intervalCount === subscription.intervalCount
  await tx.query({
    text: `update subscription set price_id = $3, name = $4, interval_unit = $5, interval_count = $6, anchor_at = $7,
             scheduled_items = null, scheduled_adjustment_at = null, updated_at = $8
           where organization_id = $1 and id = $2`,
    values: [
      tx.organizationId,
      subscription.id,
      price.id,
      `${product.name} Subscription`,
      price.intervalUnit,
      price.intervalCount,
      sameInterval ? subscription.anchorAt : at,
      tx.now,
    ],
  })
}
