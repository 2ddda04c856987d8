import type { LedgerStatus } from './ledger-status.ts'

/** How an operation ended, or why a balance changed without one, in English. */
export const enStatuses: Record<LedgerStatus, string> = {
  held: 'Running',
  charged: 'Charged',
  free: 'Free',
  released: 'Not charged',
  plan: 'From your plan',
  purchase: 'Purchased',
  grant: 'Granted',
  refund: 'Refunded',
  expiry: 'Expired',
  adjustment: 'Adjusted',
}
