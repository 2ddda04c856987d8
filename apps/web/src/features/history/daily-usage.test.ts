import { describe, expect, it } from 'vitest'
import { dailyUsage } from './daily-usage.ts'

const now = new Date('2026-11-22T12:00:00.000Z')

describe('dailyUsage', () => {
  it('leaves no day out and mixes no meters', () => {
    const days = dailyUsage(
      [
        { day: '2026-11-22', meter: 'ai_tokens', amount: 12 },
        { day: '2026-11-20', meter: 'ai_tokens', amount: 3 },
        { day: '2026-11-21', meter: 'api_calls', amount: 9 },
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
