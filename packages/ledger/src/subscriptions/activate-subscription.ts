import type { Books } from '../core/books.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import { announce } from '../core/announce.ts'
import { beginPeriod } from './begin-period.ts'
import { billingPeriod } from '../core/billing-period.ts'
import { endSubscription, inherit } from './end-subscription.ts'
import { readCurrentSubscription, readSubscription } from '../core/subscription-row.ts'

/**
 * Puts an incomplete subscription in force, now that it was paid: its first period begins, the free plan ends. False when
 * it was given up meanwhile, or another paid plan is in force.
 */
export async function activateSubscription(
  books: Books,
  subscriptionId: string | null,
): Promise<boolean> {
  if (subscriptionId === null) return false
  const key = { organizationId: books.organizationId, subscriptionId }
  const incomplete = await readSubscription(books.transaction, key)
  const current = await readCurrentSubscription(books.transaction, books)
  if (incomplete.status !== 'incomplete' || (current && !current.isFreePlan)) return false
  const legacy =
    current &&
    (await endSubscription(books, {
      subscription: current,
      at: books.now,
      reason: 'upgraded_to_paid',
    }))
  const cycle = {
    anchorAt: books.now,
    unit: incomplete.intervalUnit,
    count: incomplete.intervalCount,
  }
  await books.transaction.query({
    text: `update subscription set status = 'active', anchor_at = $3, period_index = 0, period_id = $4,
             period_start = $3, period_end = $5, updated_at = $3
           where organization_id = $1 and id = $2`,
    values: [
      books.organizationId,
      subscriptionId,
      books.now,
      books.ledger.newId('period'),
      billingPeriod(cycle, 0).endsAt,
    ],
  })
  const subscription = await readSubscription(books.transaction, key)
  await beginPeriod(books, { subscription, grantCredits: false, first: true })
  if (legacy) await inherit(books, { legacy, subscription })
  await grantPlanCredits(books, { subscription, withOnce: true })
  await announce(books, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscriptionId,
  })
  return true
}
