import type { Balance } from '@tollgate/contract'

const DAY_MS = 86_400_000
/** The pace is that of the last week. */
const BASIS_DAYS = 7
/** On fewer days than this there is no pace to speak of. */
const ACTIVE_DAYS_MIN = 3

/**
 * When the balance runs out at the pace of the last seven days; null when that cannot be said honestly, or
 * when it renews before.
 */
export function projectRunOut(options: {
  balance: Pick<Balance, 'remaining' | 'unlimited' | 'resetsAt'>
  /** Charged credits per UTC day, "2026-11-22" → 12. */
  daily: ReadonlyMap<string, number>
  now: Date
}): { runsOutAt: string; daysBeforeReset: number } | null {
  const { balance, daily, now } = options
  if (balance.unlimited || balance.remaining <= 0 || !balance.resetsAt) return null
  const used = lastDays(now).map((day) => daily.get(day) ?? 0)
  if (used.filter((amount) => amount > 0).length < ACTIVE_DAYS_MIN) return null
  const perDay = used.reduce((sum, amount) => sum + amount, 0) / BASIS_DAYS
  const runsOutAt = now.getTime() + (balance.remaining / perDay) * DAY_MS
  const daysBeforeReset = Math.floor((new Date(balance.resetsAt).getTime() - runsOutAt) / DAY_MS)
  if (daysBeforeReset < 1) return null
  return { runsOutAt: new Date(runsOutAt).toISOString(), daysBeforeReset }
}

function lastDays(now: Date): string[] {
  return Array.from({ length: BASIS_DAYS }, (_, index) =>
    new Date(now.getTime() - index * DAY_MS).toISOString().slice(0, 10),
  )
}
