import type { Balance } from '@tollgate/contract'
import { dayAfter, paceOfWeek } from './pace-of-week.ts'
import { projectRunOut, type RunOut } from './project-run-out.ts'

/** As many future days as fit beside the history on a phone. */
const AHEAD_MAX = 10

/** The projection of the coming days at last week's pace. */
export type ProjectedDays = {
  /** Today's total, including today's use so far. */
  today: number
  /** The days after today until the balance runs out; empty if it resets before. */
  ahead: { day: string; amount: number }[]
  runOut: RunOut | null
}

/** Projects today and, if the balance runs out before it resets, the days until then; null without a pace. */
export function projectDays(options: {
  balance: Pick<Balance, 'remaining' | 'unlimited' | 'resetsAt'>
  daily: ReadonlyMap<string, number>
  now: Date
}): ProjectedDays | null {
  const { balance, daily, now } = options
  const pace = paceOfWeek(daily, now)
  if (pace === null) return null
  const perDay = Math.round(pace)
  const usedToday = daily.get(dayAfter(now, 0)) ?? 0
  const most = balance.unlimited ? Number.POSITIVE_INFINITY : usedToday + balance.remaining
  const today = Math.min(most, Math.max(usedToday, perDay))
  const runOut = projectRunOut(options)
  return { today, ahead: runOut ? daysUntil(runOut, { perDay, now }) : [], runOut }
}

function daysUntil(
  { runsOutAt }: RunOut,
  { perDay, now }: { perDay: number; now: Date },
): ProjectedDays['ahead'] {
  const last = runsOutAt.slice(0, 10)
  return Array.from({ length: AHEAD_MAX }, (_, index) => ({
    day: dayAfter(now, index + 1),
    amount: perDay,
  })).filter(({ day }) => day <= last)
}
