import { UsageError } from './usage-error.ts'

const HOUR_MS = 3_600_000
const UNITS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
}

/** How many milliseconds a length like `36h`, `1d` or `1month` is, counted from an instant: months differ. */
export function lengthOf(text: string, from: number): number {
  const [, count = '', unit = ''] = /^(\d{1,6})\s*(s|m|h|d|w|months?)$/.exec(text.trim()) ?? []
  const milliseconds = unit.startsWith('month')
    ? monthsFrom(from, Number(count)) - from
    : Number(count) * (UNITS[unit] ?? 0)
  if (milliseconds > 0) return milliseconds
  throw new UsageError(`A length is written like 30m, 2h, 1d, 2w or 1month, not "${text}".`)
}

/** The same day so many months later, or that month's last day: 31 January plus one is 28 February. */
function monthsFrom(from: number, count: number): number {
  const day = new Date(from)
  const wanted = day.getUTCDate()
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() + count)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(wanted, last))
  return day.getTime()
}
