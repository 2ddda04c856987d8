import { describe, expect, it } from 'vitest'
import { dailyUsage } from './daily-usage.ts'

const now = new Date('2026-11-22T12:00:00.000Z')
const charged = { meter: 'ai_tokens', status: 'charged' } as const

describe('dailyUsage', () => {
  it('sums what was charged per UTC day and leaves no day out', () => {
    const days = dailyUsage(
      [
        { ...charged, amount: 5, startedAt: '2026-11-22T00:00:00.000Z' },
        { ...charged, amount: 7, startedAt: '2026-11-22T23:59:59.000Z' },
        { ...charged, amount: 3, startedAt: '2026-11-20T10:00:00.000Z' },
        { ...charged, status: 'released', amount: 0, startedAt: '2026-11-21T10:00:00.000Z' },
        { ...charged, meter: 'api_calls', amount: 9, startedAt: '2026-11-21T10:00:00.000Z' },
      ],
      'ai_tokens',
      now,
    )
    expect(days).toHaveLength(30)
    expect(days.slice(-3)).toEqual([
      { day: '2026-11-20', amount: 3 },
      { day: '2026-11-21', amount: 0 },
      { day: '2026-11-22', amount: 12 },
    ])
    expect(days[0]?.day).toBe('2026-10-24')
  })
})
