import { LedgerError } from '../core/ledger-error.ts'
import type { SubscriptionRow } from '../core/subscription-row.ts'

/** Whose plan stays in force for the receiving customer. */
export type MovePlan = 'plan_moves' | 'plan_stays'

/**
 * Decides what happens to two customers' plans, or refuses. A move never drops a paid plan: if there are two, one has to be cancelled
 * first, and its remaining credits then move with the rest. Pure.
 */
export function planMove(plans: {
  from: SubscriptionRow | null
  to: SubscriptionRow | null
}): MovePlan {
  const { from, to } = plans
  if (!isPaid(from)) return 'plan_stays'
  if (!isPaid(to)) return 'plan_moves'
  if (from.status === 'cancellation_scheduled') return 'plan_stays'
  if (to.status === 'cancellation_scheduled') return 'plan_moves'
  throw new LedgerError(
    'CONFLICT',
    `Both have a paid plan ("${from.name}" and "${to.name}"). Cancel one of the two and try again: ` +
      'what it still has moves along with everything else.',
  )
}

/** Whether a subscription is in force and not the free plan. */
export function isPaid(subscription: SubscriptionRow | null): subscription is SubscriptionRow {
  return subscription !== null && !subscription.isFreePlan
}
