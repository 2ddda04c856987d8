import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { grantPlanCredits } from '../credits/grant-plan-credits.ts'
import { announce } from '../core/announce.ts'
import { beginPeriod } from './begin-period.ts'
import { billingPeriod } from '../core/billing-period.ts'
import { endSubscription, carryOver } from './end-subscription.ts'
import { readCurrentSubscription, readSubscription } from '../core/subscription-row.ts'
import { updateSubscription } from '../core/update-subscription.ts'

/**
 * Activates an incomplete subscription once it is paid: its first period begins, the free plan ends. False when it was abandoned meanwhile,
 * or another paid plan is in force.
 */
export async function activateSubscription(
  tx: LedgerTransaction,
  subscriptionId: string | null,
): Promise<boolean> {
  if (subscriptionId === null) return false
  const key = { organizationId: tx.organizationId, subscriptionId }
  const incomplete = await readSubscription(tx, key)
  const current = await readCurrentSubscription(tx, tx)
  if (incomplete.status !== 'incomplete' || (current && !current.isFreePlan)) return false
  const legacy =
    current &&
    (await endSubscription(tx, {
      subscription: current,
      at: tx.now,
      reason: 'upgraded_to_paid',
    }))
  const cycle = {
    anchorAt: tx.now,
    unit: incomplete.intervalUnit,
    count: incomplete.intervalCount,
  }
  await updateSubscription(tx, subscriptionId, {
    status: 'active',
    anchorAt: tx.now,
    periodIndex: 0,
    periodId: tx.ledger.newId('period'),
    periodStart: tx.now,
    periodEnd: billingPeriod(cycle, 0).endsAt,
  })
  const subscription = await readSubscription(tx, key)
  await beginPeriod(tx, { subscription, grantCredits: false, first: true })
  if (legacy) await carryOver(tx, { legacy, subscription })
  await grantPlanCredits(tx, { subscription, withOnce: true })
  await announce(tx, {
    type: 'subscription.updated',
    object: 'subscription',
    id: subscriptionId,
  })
  return true
}
