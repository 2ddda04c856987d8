import type { Balance } from '@tollgate/client'
import { describe, expect, it } from 'vitest'
import { count, describeBalance, describeReset, describeState } from './describe-balance.ts'

const balance: Balance = {
  meter: 'image_generations',
  unit: 'image generation',
  granted: 1000,
  used: 820,
  held: 0,
  remaining: 180,
  unlimited: false,
  overage: 0,
  percentUsed: 82,
  state: 'warning',
  periodStart: '2026-11-01T00:00:00.000Z',
  resetsAt: '2026-12-01T00:00:00.000Z',
  asOf: '2026-11-22T12:00:00.000Z',
  version: 1,
  breakdown: [],
}

describe('a balance in words', () => {
  it('says what is left of what', () => {
    expect(describeBalance(balance)).toBe('180 of 1,000 image generations left')
  })

  it('never says zero or full when the balance is not known', () => {
    expect(describeBalance({ ...balance, state: 'unknown', remaining: 0 })).toBe(
      'Balance unavailable',
    )
  })

  it('has no limit to speak of when there is none', () => {
    expect(describeBalance({ ...balance, state: 'unlimited', unlimited: true, used: 1 })).toBe(
      'Unlimited · 1 image generation used',
    )
  })

  it.each([
    ['2026-12-01T12:00:00.000Z', 'Resets in 9 days'],
    ['2026-12-02T11:59:59.000Z', 'Resets in 9 days'],
    ['2026-11-23T12:00:00.000Z', 'Resets tomorrow'],
    ['2026-11-23T11:59:59.000Z', 'Resets in 23 hours'],
    ['2026-11-22T12:00:00.000Z', 'Resets today'],
    [null, null],
  ])('says when it renews: %s', (resetsAt, words) => {
    expect(describeReset({ ...balance, resetsAt })).toBe(words)
  })

  it.each([
    ['ok', null],
    ['warning', 'Running low'],
    ['critical', 'Almost used up'],
    ['exhausted', 'Used up'],
    ['overage', '5 over'],
    ['unlimited', null],
    ['unknown', null],
  ] as const)('has a word beside the colour: %s', (state, word) => {
    expect(describeState({ ...balance, state, overage: 5 })?.word ?? null).toBe(word)
  })

  it('counts one and many', () => {
    expect([count(1, 'ai_tokens'), count(2000, 'ai_tokens')]).toEqual([
      '1 AI token',
      '2,000 AI tokens',
    ])
  })

  it('shows the bare number of a meter that is newer than this app', () => {
    const item: { meter: string } = JSON.parse('{ "meter": "of_tomorrow" }')
    expect(count(7, item.meter)).toBe('7')
  })
})
