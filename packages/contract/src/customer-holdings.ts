/**
 * What a customer has paid for, may be paying for now, or was granted permanently: none of it may be lost with the customer's last user.
 */
export type CustomerHoldings = {
  /** Payments that succeeded and were not refunded in full. */
  payments: number
  /** Credits that never expire: top-ups, one-time grants, adjustments. */
  lastingCredits: { meter: string; amount: number }[]
  paidPlan: { planName: string; status: string; cancelsAt: string | null } | null
  /** Checkouts that can still be paid; 0 when the backend does not report them. */
  openCheckouts: number
}

/** Whether a customer owns anything that must be kept or moved before its last user leaves. */
export function ownsAnything(holdings: CustomerHoldings): boolean {
  const { payments, lastingCredits, paidPlan, openCheckouts } = holdings
  return payments > 0 || lastingCredits.length > 0 || paidPlan !== null || openCheckouts > 0
}
