import type { BalanceSource } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { paceMark } from './pace-mark.ts'

const NOW = new Date('2026-11-16T00:00:00.000Z')
const month = {
  granted: 100,
  unlimited: false,
  periodStart: '2026-11-01T00:00:00.000Z',
  resetsAt: '2026-12-01T00:00:00.000Z',
  breakdown: [],
}

function source(granted: number, expiresAt: string | null): BalanceSource {
  return { source: 'topup', name: 'some', granted, remaining: granted, expiresAt }
}

describe('paceMark', () => {
  it('stands at the share of the period that is over', () => {
    expect(paceMark(month, NOW)).toBe(50)
    expect(paceMark(month, new Date(month.resetsAt))).toBe(100)
  })

  it('counts only what renews: a top-up that lasts is behind it', () => {
    const breakdown = [source(100, month.resetsAt), source(300, null)]
    expect(paceMark({ ...month, granted: 400, breakdown }, NOW)).toBe(12.5)
  })

  it.each([
    ['there is no limit', { unlimited: true }],
    ['nothing renews', { resetsAt: null }],
    ['nothing is granted', { granted: 0 }],
    ['the period has only begun', { periodStart: '2026-11-15T23:00:00.000Z' }],
    ['it has of many credits, too', { granted: 500_000, periodStart: '2026-11-15T23:00:00.000Z' }],
    ['all of it lasts', { breakdown: [source(100, null)] }],
    ['the period has not begun', { periodStart: '2026-11-17T00:00:00.000Z' }],
    ['the period is over', { resetsAt: '2026-11-15T00:00:00.000Z' }],
  ])('is not there when %s', (_name, standing) => {
    expect(paceMark({ ...month, ...standing }, NOW)).toBeNull()
  })
})
