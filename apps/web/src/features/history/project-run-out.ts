import type { Balance } from '@tollgate/contract'
import { paceOfWeek } from './pace-of-week.ts'

const DAY_MS = 86_400_000

/** When a balance runs out at its pace, and how long before it resets. */
export type RunOut = { runsOutAt: string; daysBeforeReset: number }

/** When the balance runs out at the pace of the last seven days; null if that cannot be estimated, or if it resets before. */
export function projectRunOut(options: {
  balance: Pick<Balance, 'remaining' | 'unlimited' | 'resetsAt'>
  /** Charged credits per UTC day, "2026-11-22" → 12. */
  daily: ReadonlyMap<string, number>
  now: Date
}): RunOut | null {
  const { balance, daily, now } = options
  if (balance.unlimited || balance.remaining <= 0 || !balance.resetsAt) return null
  const perDay = paceOfWeek(daily, now)
  if (perDay === null) return null
  const runsOutAt = now.getTime() + (balance.remaining / perDay) * DAY_MS
  const daysBeforeReset = Math.floor((new Date(balance.resetsAt).getTime() - runsOutAt) / DAY_MS)
  if (daysBeforeReset < 1) return null
  return { runsOutAt: new Date(runsOutAt).toISOString(), daysBeforeReset }
}
