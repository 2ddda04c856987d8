import type { Balance, BalanceUpdate } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { applyUpdates, newestBalances } from './newest-balances.ts'

const balance: Balance = {
  meter: 'image_generations',
  unit: 'image',
  granted: 10,
  used: 0,
  held: 0,
  remaining: 10,
  unlimited: false,
  overage: 0,
  percentUsed: 0,
  state: 'ok',
  periodStart: null,
  resetsAt: '2026-12-01T00:00:00.000Z',
  asOf: '2026-11-22T00:00:00.000Z',
  version: 1,
  breakdown: [],
}

function update(version: number): BalanceUpdate {
  return { ...balance, used: version, remaining: 10 - version, version }
}

describe('applyUpdates', () => {
  it('ends at the newest version in any order of arrival', () => {
    const orders = [
      [2, 3, 4],
      [4, 3, 2],
      [3, 4, 2],
      [4, 2, 3],
    ]
    for (const order of orders) {
      expect(applyUpdates([balance], order.map(update))).toMatchObject([
        { version: 4, remaining: 6, resetsAt: balance.resetsAt },
      ])
    }
  })

  it('leaves other meters alone', () => {
    expect(applyUpdates([balance], [{ ...update(9), meter: 'ai_tokens' }])).toEqual([balance])
  })

  it('follows a balance that became unlimited', () => {
    const unlimited: BalanceUpdate = { ...update(2), state: 'unlimited', percentUsed: null }
    expect(applyUpdates([balance], [unlimited])).toMatchObject([{ unlimited: true }])
  })
})

describe('newestBalances', () => {
  it('takes what was read unless it knows newer', () => {
    const newer = { ...balance, version: 5 }
    expect(newestBalances([newer], [balance])).toEqual([newer])
    expect(newestBalances([balance], [newer])).toEqual([newer])
    expect(newestBalances([], [balance])).toEqual([balance])
  })
})
