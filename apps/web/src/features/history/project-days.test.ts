import { describe, expect, it } from 'vitest'
import { projectDays } from './project-days.ts'

const now = new Date('2026-11-22T12:00:00.000Z')
const balance = { remaining: 20, unlimited: false, resetsAt: '2026-12-01T00:00:00.000Z' }
/** 70 in 7 days: 10 a day, 4 of them today. */
const daily = new Map([
  ['2026-11-22', 4],
  ['2026-11-20', 36],
  ['2026-11-18', 30],
])

describe('projectDays', () => {
  it('draws today and the days until the balance runs out', () => {
    expect(projectDays({ balance, daily, now })).toMatchObject({
      today: 10,
      ahead: [
        { day: '2026-11-23', amount: 10 },
        { day: '2026-11-24', amount: 10 },
      ],
      runOut: { daysBeforeReset: 6 },
    })
  })

  it('draws today alone when the balance resets before it runs out', () => {
    const projected = projectDays({ balance: { ...balance, remaining: 400 }, daily, now })
    expect(projected).toEqual({ today: 10, ahead: [], runOut: null })
  })

  it('never draws today above what is left, nor below what is used', () => {
    expect(projectDays({ balance: { ...balance, remaining: 2 }, daily, now })?.today).toBe(6)
    const busy = new Map([...daily, ['2026-11-22', 90]])
    expect(projectDays({ balance, daily: busy, now })?.today).toBe(90)
  })

  it('draws no more days than fit a phone', () => {
    const far = { ...balance, remaining: 400, resetsAt: '2027-02-01T00:00:00.000Z' }
    expect(projectDays({ balance: far, daily, now })?.ahead).toHaveLength(10)
  })

  it('draws nothing on too few active days', () => {
    expect(projectDays({ balance, daily: new Map([['2026-11-22', 9]]), now })).toBeNull()
  })
})
