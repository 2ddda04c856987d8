import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { freeOffer } from '../catalog/find-offer.ts'
import type { PricingModel } from '../core/pricing-model.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import { announce } from '../core/announce.ts'
import { endSubscription, carryOver, type Legacy } from './end-subscription.ts'
import { type NewSubscription, startSubscription } from './start-subscription.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** Replaces the subscription in force with another; purchased credits move along. */
export async function switchPlan(
  tx: LedgerTransaction,
  change: Switch & { to: NewSubscription },
): Promise<SubscriptionRow> {
  const legacy =
    change.from === null
      ? change.legacy
      : await endSubscription(tx, {
          subscription: change.from,
          at: change.at ?? tx.now,
          reason: change.reason,
        })
  if (change.from) {
    await announce(tx, {
      type: 'subscription.canceled',
      object: 'subscription',
      id: change.from.id,
    })
  }
  // Purchased credits and the debt arrive first; the new plan's credits then pay the rest of the debt.
  const subscription = await startSubscription(tx, { ...change.to, grantCredits: false })
  if (legacy) await carryOver(tx, { legacy, subscription })
  if (change.to.grantCredits) await grantPlanCredits(tx, { subscription, withOnce: true })
  await announce(tx, {
    type: 'subscription.created',
    object: 'subscription',
    id: subscription.id,
  })
  return subscription
}

type Switch = {
  from: SubscriptionRow | null
  /** What an already ended subscription left behind. */
  legacy?: Legacy
  reason: string
  at?: number
}

/** Moves a customer to the free plan, if the pricing model has one. */
export async function switchToFree(
  tx: LedgerTransaction,
  change: Switch & { model: PricingModel },
): Promise<SubscriptionRow | null> {
  const offer = freeOffer(change.model)
  if (!offer) {
    if (change.from) {
      const at = change.at ?? tx.now
      await endSubscription(tx, { subscription: change.from, at, reason: change.reason })
    }
    return null
  }
  return switchPlan(tx, {
    ...change,
    to: { offer, quantity: 1, isFreePlan: true, grantCredits: true },
  })
}
