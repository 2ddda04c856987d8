import { describe, expect, it } from 'vitest'
import { balanceState, percentUsed } from './balance.ts'

const limited = { overage: 0, unlimited: false }

describe('balanceState', () => {
  it.each([
    { used: 0, state: 'ok' },
    { used: 7999, state: 'ok' },
    { used: 8000, state: 'warning' },
    { used: 8999, state: 'warning' },
    { used: 9000, state: 'critical' },
    { used: 10_000, state: 'exhausted' },
  ])('is $state when $used of 10000 are used', ({ used, state }) => {
    expect(balanceState({ ...limited, granted: 10_000, used, remaining: 10_000 - used })).toBe(
      state,
    )
  })

  it('is exhausted while everything left is held', () => {
    expect(balanceState({ ...limited, granted: 10, used: 2, remaining: 0 })).toBe('exhausted')
  })

  it('is unlimited whatever was used', () => {
    const standing = { granted: 0, used: 999, remaining: 0, overage: 0, unlimited: true }
    expect(balanceState(standing)).toBe('unlimited')
    expect(percentUsed(standing)).toBeNull()
  })

  it('never shows 80 before 80 is reached', () => {
    expect(percentUsed({ granted: 10_000, used: 7999, unlimited: false })).toBe(79.9)
  })
})
