import type { DailyUse } from '@tollgate/contract'

const DAY_MS = 86_400_000
/** As many bars as fit on a phone. */
export const HISTORY_DAYS = 30

export type DayUsage = { day: string; amount: number }

/** One meter's use per UTC day, oldest first, including days without use. */
export function dailyUsage(used: readonly DailyUse[], meter: string, now: Date): DayUsage[] {
  const amounts = new Map(
    used.filter((use) => use.meter === meter).map(({ day, amount }) => [day, amount]),
  )
  return Array.from({ length: HISTORY_DAYS }, (_, index) => {
    const age = HISTORY_DAYS - 1 - index
    const day = new Date(now.getTime() - age * DAY_MS).toISOString().slice(0, 10)
    return { day, amount: amounts.get(day) ?? 0 }
  })
}

/** Credits per UTC day, "2026-11-22" → 12. */
export function dailyMap(days: readonly DayUsage[]): ReadonlyMap<string, number> {
  return new Map(days.map(({ day, amount }) => [day, amount]))
}
