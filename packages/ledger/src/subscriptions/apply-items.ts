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
import { updateSubscription } from '../core/update-subscription.ts'

/** Replaces the items of a subscription, now or at the end of its period. */
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

/** A subscription has the name and interval of its first item; a changed interval is counted from the change on. */
async function renameAfter(
  tx: LedgerTransaction,
  { subscription, offer, at }: { subscription: SubscriptionRow; offer: Offer; at: number },
): Promise<void> {
  const { price, product } = offer
  const sameInterval =
    price.intervalUnit === subscription.intervalUnit &&
    price.intervalCount === subscription.intervalCount
  await updateSubscription(tx, subscription.id, {
    priceId: price.id,
    name: `${product.name} Subscription`,
    intervalUnit: price.intervalUnit ?? subscription.intervalUnit,
    intervalCount: price.intervalCount ?? subscription.intervalCount,
    anchorAt: sameInterval ? subscription.anchorAt : at,
    scheduledItems: null,
    scheduledAdjustmentAt: null,
  })
}
