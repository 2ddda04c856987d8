import { isDeepStrictEqual } from 'node:util'
import { processDue } from '../due/process-due.ts'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { findOffer, type PriceReference } from '../catalog/find-offer.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { Ledger } from '../core/ledger.ts'
import { insertPayment, type PaymentRow, readPendingIn } from '../core/payment-row.ts'
import { paymentPending, requirePaid } from '../due/require-paid.ts'
import { writeInvoice } from '../payments/write-invoice.ts'
import { announce } from '../core/announce.ts'
import { adjustNow } from '../subscriptions/apply-adjustment.ts'
import {
  type AdjustmentPlan,
  type AdjustmentTiming,
  planAdjustment,
} from '../subscriptions/plan-adjustment.ts'
import { readItems } from '../subscriptions/read-items.ts'
import { readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { updateSubscription } from '../core/update-subscription.ts'

/** A change to the items of a subscription. */
export type Adjustment = {
  organizationId: string
  subscriptionId: string
  items: readonly (PriceReference & { quantity: number })[]
  timing: AdjustmentTiming
  prorate: boolean
}

/** Previews an adjustment; changes nothing. */
export async function previewAdjustment(
  ledger: Ledger,
  adjustment: Adjustment,
): Promise<AdjustmentPlan> {
  const scope = await scopeOf(ledger, adjustment)
  await processDue(ledger, scope)
  return inLedgerTransaction(ledger, scope, async (tx) => (await plan(tx, adjustment)).plan)
}

/**
 * Changes a subscription: immediately, once the difference is paid, or at the end of its period. Repeating a request while its payment is
 * pending returns that payment and never creates a second one.
 */
export async function adjustSubscription(
  ledger: Ledger,
  adjustment: Adjustment,
): Promise<AdjustmentPlan> {
  const scope = await scopeOf(ledger, adjustment)
  await processDue(ledger, scope)
  const { plan: decided, paymentId } = await inLedgerTransaction(ledger, scope, async (tx) => {
    const planned = await plan(tx, adjustment)
    const waiting = await readPendingIn(tx, slotOf(planned.subscription))
    const paymentId = waiting ? requireSame(waiting, planned) : await applyChange(tx, planned)
    return { plan: planned.plan, paymentId }
  })
  if (paymentId !== null) {
    await processDue(ledger, scope)
    await requirePaid(ledger, { ...scope, paymentId })
  }
  return decided
}

async function plan(tx: LedgerTransaction, adjustment: Adjustment) {
  const subscription = await readSubscription(tx, adjustment)
  const model = await readPricingModel(tx, tx)
  const current = await readItems(tx, adjustment)
  const next = adjustment.items.map((item) => ({
    offer: findOffer(model, item),
    quantity: item.quantity,
  }))
  const { timing, prorate } = adjustment
  return {
    subscription,
    current,
    next,
    plan: planAdjustment({ subscription, current, next, timing, prorate, now: tx.now }),
  }
}

type Planned = Awaited<ReturnType<typeof plan>>

function slotOf(subscription: SubscriptionRow): string {
  return `adjustment:${subscription.id}`
}

function requireSame(waiting: PaymentRow, { plan: decided }: Planned): string {
  if (isDeepStrictEqual(waiting.detail?.items, decided.items)) return waiting.id
  throw paymentPending('Another change of this plan waits for its payment.')
}

/** Returns the payment that the change waits for, if any. */
async function applyChange(tx: LedgerTransaction, planned: Planned): Promise<string | null> {
  const { subscription, plan: decided } = planned
  if (changesNothing(planned)) return null
  if (decided.timing === 'at_end_of_current_billing_period') {
    await schedule(tx, subscription, decided)
    return null
  }
  if (decided.dueNow === 0) {
    await adjustNow(tx, { subscription, items: decided.items })
    return null
  }
  const invoiceId = await writeInvoice(tx, {
    type: 'subscription',
    paid: false,
    currency: decided.currency,
    subscription,
    lines: [
      {
        priceId: decided.items[0]?.priceId ?? subscription.priceId,
        description: `${planned.next[0]?.offer.product.name ?? 'Plan'} for the rest of the period`,
        price: decided.dueNow,
        quantity: 1,
      },
    ],
  })
  return insertPayment(tx, {
    reason: 'adjustment',
    amount: decided.dueNow,
    currency: decided.currency,
    invoiceId,
    subscriptionId: subscription.id,
    billingPeriodId: subscription.periodId,
    detail: { items: decided.items },
    slot: slotOf(subscription),
  })
}

/** A repeated click after the first one was applied. */
function changesNothing({ current, plan: decided }: Planned): boolean {
  const items = current.map(({ priceId, quantity }) => ({ priceId, quantity }))
  return isDeepStrictEqual(items, decided.items)
}

async function schedule(
  tx: LedgerTransaction,
  subscription: SubscriptionRow,
  decided: AdjustmentPlan,
) {
  await updateSubscription(tx, subscription.id, {
    scheduledItems: JSON.stringify(decided.items),
    scheduledAdjustmentAt: decided.effectiveAt,
  })
  await announce(tx, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscription.id,
  })
}

async function scopeOf(ledger: Ledger, adjustment: Adjustment) {
  const { organizationId } = adjustment
  const { customerId } = await readSubscription(ledger.database, adjustment)
  return { organizationId, customerId }
}
