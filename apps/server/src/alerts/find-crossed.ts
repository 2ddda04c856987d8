import { ALERT_THRESHOLDS, type AlertThreshold } from '@tollgate/contract'

/** A threshold that was reached, and whether the customer is alerted to it. */
export type CrossedThreshold = { threshold: AlertThreshold; isAnnounced: boolean }

/**
 * Finds the thresholds that a used share has reached. If several are reached at once, only the highest that the customer asked for is
 * announced; the others are recorded, so that they are not announced later in the same period.
 */
export function findCrossed(
  percentUsed: number | null,
  wanted: readonly AlertThreshold[],
): CrossedThreshold[] {
  if (percentUsed === null) return []
  const reached = ALERT_THRESHOLDS.filter((threshold) => threshold <= percentUsed)
  const announced = reached.findLast((threshold) => wanted.includes(threshold))
  return reached.map((threshold) => ({ threshold, isAnnounced: threshold === announced }))
}
