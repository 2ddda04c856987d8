import type { MeterSlug } from './catalog.gen.ts'

/** What a customer has paid for or was given for good: nothing of it may be lost with the customer's last user. */
export type CustomerHoldings = {
  /** Payments that succeeded and were not refunded in full. */
  payments: number
  /** Credits that never expire: top-ups, one-time grants, adjustments. */
  lastingCredits: { meter: MeterSlug; amount: number }[]
  paidPlan: { planName: string; status: string; cancelsAt: string | null } | null
}

/** Whether a customer owns anything that has to be kept or moved before its last user goes. */
export function ownsAnything(holdings: CustomerHoldings): boolean {
  return holdings.payments > 0 || holdings.lastingCredits.length > 0 || holdings.paidPlan !== null
}
