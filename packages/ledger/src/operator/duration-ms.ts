import { billingPeriod } from '../core/billing-period.ts'

const HOUR_MS = 3_600_000
const UNITS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
}

/** The milliseconds of a duration like `36h`, `1d` or `1month`, measured from an instant because months differ; null if it is invalid. */
export function durationMs(text: string, from: number): number | null {
  const [, digits = '', unit = ''] = /^(\d{1,6})\s*(s|m|h|d|w|months?)$/.exec(text.trim()) ?? []
  const count = Number(digits)
  if (count === 0) return null
  if (!unit.startsWith('month')) return count * (UNITS[unit] ?? 0)
  return billingPeriod({ anchorAt: from, unit: 'month', count }, 0).endsAt - from
}
