const DAY_MS = 86_400_000
/** The pace is that of the last week. */
const BASIS_DAYS = 7
/** Fewer active days do not make a pace. */
const ACTIVE_DAYS_MIN = 3

/** Credits used per day in the last seven UTC days; null with too few active days. */
export function paceOfWeek(
  /** Charged credits per UTC day, "2026-11-22" → 12. */
  daily: ReadonlyMap<string, number>,
  now: Date,
): number | null {
  const used = Array.from({ length: BASIS_DAYS }, (_, age) => daily.get(dayAfter(now, -age)) ?? 0)
  if (used.filter((amount) => amount > 0).length < ACTIVE_DAYS_MIN) return null
  return used.reduce((sum, amount) => sum + amount, 0) / BASIS_DAYS
}

/** The UTC day this many days after an instant: "2026-11-22". */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)
}
