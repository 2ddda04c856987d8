import type { ActivityItem, MeterSlug } from '@tollgate/contract'

const DAY_MS = 86_400_000
/** As many bars as fit a phone. */
export const HISTORY_DAYS = 30

export type DayUsage = { day: string; amount: number }

/** Charged credits of one meter per UTC day, oldest first, days without use included. */
export function dailyUsage(
  items: readonly Pick<ActivityItem, 'meter' | 'status' | 'amount' | 'startedAt'>[],
  meter: MeterSlug,
  now: Date,
): DayUsage[] {
  const totals = new Map<string, number>()
  for (const item of items) {
    if (item.meter !== meter || item.status !== 'charged') continue
    const day = item.startedAt.slice(0, 10)
    totals.set(day, (totals.get(day) ?? 0) + item.amount)
  }
  return Array.from({ length: HISTORY_DAYS }, (_, index) => {
    const day = new Date(now.getTime() - (HISTORY_DAYS - 1 - index) * DAY_MS)
      .toISOString()
      .slice(0, 10)
    return { day, amount: totals.get(day) ?? 0 }
  })
}
