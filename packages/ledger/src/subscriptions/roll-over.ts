import type { Books } from '../core/books.ts'
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

/**
 * Takes a subscription over the end of its period, by exactly one: plan credits lapse, what was scheduled happens, and
 * the next period opens with its credits, or with the payment they wait for.
 */
export async function rollOver(books: Books, ended: SubscriptionRow): Promise<void> {
  await waiveUnlimited(books, ended.id)
  await expireGrants(books, { subscriptionId: ended.id, until: ended.periodEnd })
  await closeUsedUp(books, { subscriptionId: ended.id, before: ended.periodEnd })
  if (ended.status === 'cancellation_scheduled') {
    const model = await readPricingModel(books.transaction, books)
    const reason = ended.cancellationReason ?? 'canceled'
    await switchToFree(books, { model, from: ended, reason, at: ended.periodEnd })
    return
  }
  const changed = ended.scheduledItems ? await applyScheduledItems(books, ended) : ended
  const subscription = await openNextPeriod(books, changed)
  const items = await readItems(books.transaction, {
    organizationId: books.organizationId,
    subscriptionId: subscription.id,
  })
  const free = totalOf(items) === 0 || subscription.doNotCharge
  await beginPeriod(books, { subscription, grantCredits: free, first: false })
  if (!free) await billPeriod(books, { subscription, items })
  await announce(books, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscription.id,
  })
}

async function openNextPeriod(books: Books, ended: SubscriptionRow): Promise<SubscriptionRow> {
  const cycle = {
    anchorAt: ended.anchorAt,
    unit: ended.intervalUnit,
    count: ended.intervalCount,
  }
  // The period that ends at the anchor is a trial, or the last one before the cycle changed: counting begins there.
  const index = ended.periodEnd === ended.anchorAt ? 0 : ended.periodIndex + 1
  const next = billingPeriod(cycle, index)
  await books.transaction.query({
    text: `update subscription set period_index = $3, period_id = $4, period_start = $5, period_end = $6,
             status = case when status = 'trialing' then 'active' else status end, updated_at = $7
           where organization_id = $1 and id = $2`,
    values: [
      books.organizationId,
      ended.id,
      index,
      books.ledger.newId('period'),
      ended.periodEnd,
      next.endsAt,
      books.now,
    ],
  })
  return readSubscription(books.transaction, {
    organizationId: books.organizationId,
    subscriptionId: ended.id,
  })
}

/** Asks for what a period costs. The payment is collected outside of any transaction; its credits come with it. */
async function billPeriod(
  books: Books,
  billed: { subscription: SubscriptionRow; items: Awaited<ReturnType<typeof readItems>> },
): Promise<void> {
  const { subscription, items } = billed
  const currency = items[0]?.currency ?? 'USD'
  const invoiceId = await writeInvoice(books, {
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
  await insertPayment(books, {
    reason: 'renewal',
    amount: totalOf(items),
    currency,
    invoiceId,
    subscriptionId: subscription.id,
    billingPeriodId: subscription.periodId,
  })
}
