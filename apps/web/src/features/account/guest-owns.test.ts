import type { Balance, BalanceSource } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { guestOwns } from './guest-owns.ts'

const plan: BalanceSource = {
  source: 'plan',
  name: 'Free',
  granted: 10,
  remaining: 10,
  expiresAt: '2026-12-01T00:00:00.000Z',
}
const untouched: Balance = {
  meter: 'image_generations',
  unit: 'image generation',
  granted: 10,
  used: 0,
  held: 0,
  remaining: 10,
  unlimited: false,
  overage: 0,
  percentUsed: 0,
  state: 'ok',
  periodStart: '2026-11-01T00:00:00.000Z',
  resetsAt: '2026-12-01T00:00:00.000Z',
  asOf: '2026-11-22T00:00:00.000Z',
  version: 1,
  breakdown: [plan],
}

describe('guestOwns', () => {
  it('is false for a guest who has only the free credits', () => {
    expect(guestOwns({ balances: [untouched], subscription: { isFree: true } })).toBe(false)
    expect(guestOwns({ balances: [], subscription: null })).toBe(false)
  })

  it.each<[string, Partial<Balance>]>([
    ['a result already made', { used: 1 }],
    ['work that still runs', { held: 1 }],
    ['a top-up', { breakdown: [plan, { ...plan, source: 'topup', expiresAt: null }] }],
    ['credits given by hand', { breakdown: [plan, { ...plan, source: 'grant' }] }],
  ])('is true for %s', (_name, standing) => {
    const balances = [{ ...untouched, ...standing }]
    expect(guestOwns({ balances, subscription: { isFree: true } })).toBe(true)
  })

  it('is true for a paid plan, even an untouched one', () => {
    expect(guestOwns({ balances: [untouched], subscription: { isFree: false } })).toBe(true)
  })
})
