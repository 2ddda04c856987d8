import { describe, expect, it } from 'vitest'
import { projectRunOut } from './project-run-out.ts'

const now = new Date('2026-11-22T12:00:00.000Z')
const balance = { remaining: 20, unlimited: false, resetsAt: '2026-12-01T00:00:00.000Z' }
const busy = new Map([
  ['2026-11-22', 20],
  ['2026-11-20', 30],
  ['2026-11-18', 20],
])

describe('projectRunOut', () => {
  it('says when the pace of the last week ends the balance', () => {
    // 70 in 7 days are 10 a day: 20 last two days.
    expect(projectRunOut({ balance, daily: busy, now })).toEqual({
      runsOutAt: '2026-11-24T12:00:00.000Z',
      daysBeforeReset: 6,
    })
  })

  it.each([
    ['two active days', { daily: new Map([...busy].slice(0, 2)) }],
    [
      'older days only',
      {
        daily: new Map([
          ['2026-11-14', 900],
          ['2026-11-13', 900],
          ['2026-11-12', 900],
        ]),
      },
    ],
    ['a renewal before that', { balance: { ...balance, remaining: 400 } }],
    ['no limit', { balance: { ...balance, unlimited: true } }],
    ['no renewal', { balance: { ...balance, resetsAt: null } }],
    ['nothing left', { balance: { ...balance, remaining: 0 } }],
  ])('says nothing with %s', (_reason, facts) => {
    expect(projectRunOut({ balance, daily: busy, now, ...facts })).toBeNull()
  })
})
