import type { Balance } from '@tollgate/contract'

/** A mark near the start of the bar is meaningless. */
const LEAST_PERCENT = 0.5

/**
 * Where the bar would be now if the recurring credits were used evenly over the period, in percent of the grant; null if there is no
 * period, or if it has only just begun.
 */
export function paceMark(
  balance: Pick<Balance, 'granted' | 'unlimited' | 'periodStart' | 'resetsAt' | 'breakdown'>,
  now: Date,
): number | null {
  const { granted, unlimited, periodStart, resetsAt, breakdown } = balance
  if (unlimited || granted <= 0 || !periodStart || !resetsAt) return null
  const begins = Date.parse(periodStart)
  const elapsed = (now.getTime() - begins) / (Date.parse(resetsAt) - begins)
  if (!(elapsed >= 0 && elapsed <= 1)) return null
  // A top-up that never expires has no pace.
  const kept = breakdown
    .filter(({ expiresAt }) => expiresAt === null)
    .reduce((sum, source) => sum + source.granted, 0)
  const renewing = Math.max(0, granted - kept)
  const paced = elapsed * renewing
  const percent = (paced / granted) * 100
  return Math.round(paced) === 0 || percent < LEAST_PERCENT ? null : percent
}
