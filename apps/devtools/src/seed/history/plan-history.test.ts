import { expect, it } from 'vitest'
import { planHistory } from './plan-history.ts'

const days = planHistory(90, new Date('2026-11-20T12:00:00.000Z'))
const weekdayOf = ({ daysAgo }: { daysAgo: number }) =>
  new Date(Date.parse('2026-11-20T12:00:00.000Z') - daysAgo * 86_400_000).getUTCDay()

it('fills ninety days, oldest first, but no weekend', () => {
  expect(days[0]?.daysAgo).toBeGreaterThan(85)
  expect(days.at(-1)?.daysAgo).toBe(0)
  expect(days.map(weekdayOf).filter((weekday) => weekday === 0 || weekday === 6)).toEqual([])
  expect(days.length).toBeGreaterThan(60)
})

it('stays within what a Pro plan grants, and leaves little of the tokens', () => {
  const total = (kind: 'images' | 'summaries') => days.reduce((sum, day) => sum + day[kind], 0)
  expect(total('images')).toBeLessThan(150)
  // A summary of the longest text takes about 4,000 of 500,000 tokens.
  expect(total('summaries')).toBeGreaterThan(85)
  expect(total('summaries')).toBeLessThan(115)
})
