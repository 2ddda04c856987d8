import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import { closeUsedUp, expireGrants } from '../credits/close-grants.ts'
import { waiveUnlimited } from '../credits/waive-unlimited.ts'
import { insertPayment } from '../core/payment-row.ts'
import { writeInvoice } from '../payments/write-invoice.ts'
import { announce } from '../core/announce.ts'
import { applyScheduledItems } from './apply-items.ts'
import { beginPeriod } from './begin-period.ts'
import { billingPeriod } from '../core/billing-period.ts'
import { readItems, totalOf } from './read-items.ts'
import { readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from './switch-plan.ts'
import { updateSubscription } from '../core/update-subscription.ts'

/**
 * Rolls a subscription over by exactly one period: plan credits expire, scheduled changes apply, and the next period opens with its
 * credits, or with the payment they require.
 */
export async function rollOver(tx: LedgerTransaction, ended: SubscriptionRow): Promise<void> {
  await waiveUnlimited(tx, ended.id)
  await expireGrants(tx, { subscriptionId: ended.id, until: ended.periodEnd })
  await closeUsedUp(tx, { subscriptionId: ended.id, before: ended.periodEnd })
  if (ended.status === 'cancellation_scheduled') {
    const model = await readPricingModel(tx, tx)
    const reason = ended.cancellationReason ?? 'canceled'
    await switchToFree(tx, { model, from: ended, reason, at: ended.periodEnd })
    return
  }
  const changed = ended.scheduledItems ? await applyScheduledItems(tx, ended) : ended
  const subscription = await openNextPeriod(tx, changed)
  const items = await readItems(tx, {
    organizationId: tx.organizationId,
    subscriptionId: subscription.id,
  })
  const free = totalOf(items) === 0 || subscription.doNotCharge
  await beginPeriod(tx, { subscription, grantCredits: free, first: false })
  if (!free) await billPeriod(tx, { subscription, items })
  await announce(tx, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscription.id,
  })
}

async function openNextPeriod(
  tx: LedgerTransaction,
  ended: SubscriptionRow,
): Promise<SubscriptionRow> {
  const cycle = {
    anchorAt: ended.anchorAt,
    unit: ended.intervalUnit,
    count: ended.intervalCount,
  }
  // The period that ends at the anchor is a trial, or the last one before the cycle changed: counting starts there.
  const index = ended.periodEnd === ended.anchorAt ? 0 : ended.periodIndex + 1
  const next = billingPeriod(cycle, index)
  await updateSubscription(tx, ended.id, {
    periodIndex: index,
    periodId: tx.ledger.newId('period'),
    periodStart: ended.periodEnd,
    periodEnd: next.endsAt,
    status: ended.status === 'trialing' ? 'active' : ended.status,
  })
  return readSubscription(tx, {
    organizationId: tx.organizationId,
    subscriptionId: ended.id,
  })
}

/** Requests the payment of a period. It is collected outside any transaction; the credits are granted afterwards. */
async function billPeriod(
  tx: LedgerTransaction,
  billed: { subscription: SubscriptionRow; items: Awaited<ReturnType<typeof readItems>> },
): Promise<void> {
  const { subscription, items } = billed
  const currency = items[0]?.currency ?? 'USD'
  const invoiceId = await writeInvoice(tx, {
    type: 'subscription',
    paid: false,
    currency,
    subscription,
    lines: items.map((item) => ({
      priceId: item.priceId,
      description: item.name ?? subscription.name,
      price: item.unitPrice,
      quantity: item.quantity,
    })),
  })
  await insertPayment(tx, {
    reason: 'renewal',
    amount: totalOf(items),
    currency,
    invoiceId,
    subscriptionId: subscription.id,
    billingPeriodId: subscription.periodId,
  })
}
