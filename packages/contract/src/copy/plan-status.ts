import type { CustomerBilling } from '../billing-backend.ts'

/** How a plan stands, as far as a person has to know. */
export type PlanStatus = 'free' | 'active' | 'trialing' | 'past_due' | 'ending' | 'none'

/** The status of a subscription; one that the backend calls anything else is not in force. */
export function planStatus(subscription: CustomerBilling['subscription']): PlanStatus {
  if (!subscription) return 'none'
  if (subscription.status === 'past_due') return 'past_due'
  if (subscription.cancelsAt) return 'ending'
  if (subscription.isFree) return 'free'
  if (subscription.status === 'trialing') return 'trialing'
  return subscription.status === 'active' ? 'active' : 'none'
}
