import type { CustomerBilling } from '../billing-backend.ts'

/** The state of a plan, as shown to people. */
export type PlanStatus = 'free' | 'active' | 'trialing' | 'past_due' | 'ending' | 'none'

/** Maps a subscription's status; one that is unknown is not in force. */
export function planStatus(subscription: CustomerBilling['subscription']): PlanStatus {
  if (!subscription) return 'none'
  if (subscription.status === 'past_due') return 'past_due'
  if (subscription.cancelsAt) return 'ending'
  if (subscription.isFree) return 'free'
  if (subscription.status === 'trialing') return 'trialing'
  return subscription.status === 'active' ? 'active' : 'none'
}
