import type { ActivityStatus, BalanceChangeReason } from '../activity.ts'

/** How an operation ended, or why a balance changed without one, in English. */
export const enStatuses: Record<ActivityStatus | BalanceChangeReason, string> = {
  held: 'Running',
  charged: 'Charged',
  released: 'Not charged',
  plan: 'From your plan',
  purchase: 'Purchased',
  grant: 'Granted',
  refund: 'Refunded',
  expiry: 'Expired',
  adjustment: 'Adjusted',
}
