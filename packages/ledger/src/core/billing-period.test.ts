import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IntervalUnit } from './pricing-model.ts'
import { billingPeriod, prorate, remainingShare } from './billing-period.ts'

const at = (iso: string) => Date.parse(iso)
const day = (instant: number) => new Date(instant).toISOString().slice(0, 10)

function renewals(anchor: string, unit: IntervalUnit, howMany: number): string[] {
  const cycle = { anchorAt: at(anchor), unit, count: 1 }
  return Array.from({ length: howMany }, (_, index) => day(billingPeriod(cycle, index).endsAt))
}

describe('billingPeriod', () => {
  it('returns to the 31st after a short month', () => {
    expect(renewals('2026-01-31T10:00:00Z', 'month', 5)).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ])
  })

  it('handles 29 February in leap years', () => {
    expect(renewals('2028-01-30T10:00:00Z', 'month', 2)).toEqual(['2028-02-29', '2028-03-30'])
    expect(renewals('2028-02-29T10:00:00Z', 'year', 4)).toEqual([
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ])
  })

  it('crosses the end of a year', () => {
    expect(renewals('2026-11-30T23:59:59.999Z', 'month', 3)).toEqual([
      '2026-12-30',
      '2027-01-30',
      '2027-02-28',
    ])
  })

  it('keeps the hour across daylight saving changes, because it counts in UTC', () => {
    const cycle = { anchorAt: at('2026-02-28T01:30:00Z'), unit: 'month' as const, count: 1 }
    expect(new Date(billingPeriod(cycle, 0).endsAt).toISOString()).toBe('2026-03-28T01:30:00.000Z')
    expect(new Date(billingPeriod(cycle, 1).endsAt).toISOString()).toBe('2026-04-28T01:30:00.000Z')
  })

  it('leaves no gap and no overlap, for any anchor', () => {
    const anchor = fc.integer({ min: at('2000-01-01'), max: at('2100-01-01') })
    const unit = fc.constantFrom<IntervalUnit>('day', 'week', 'month', 'year')
    const index = fc.integer({ min: 0, max: 400 })
    const count = fc.integer({ min: 1, max: 6 })
    fc.assert(
      fc.property(anchor, unit, count, index, (anchorAt, unitOf, every, position) => {
        const cycle = { anchorAt, unit: unitOf, count: every }
        const period = billingPeriod(cycle, position)
        expect(period.endsAt).toBeGreaterThan(period.startsAt)
        expect(billingPeriod(cycle, position + 1).startsAt).toBe(period.endsAt)
      }),
    )
  })
})

describe('prorate', () => {
  it('charges half for half a period, rounded half up', () => {
    const half = remainingShare({ startsAt: 0, endsAt: 100 }, 50)
    expect(prorate(5_000, half)).toBe(2_500)
    expect(prorate(5, half)).toBe(3)
  })

  it('is exact where the product exceeds a safe integer', () => {
    const share = { numerator: 2_678_399_999, denominator: 2_678_400_000 }
    expect(prorate(Number.MAX_SAFE_INTEGER, share)).toBe(9_007_199_251_378_088)
  })

  it('never exceeds the whole amount and is never negative', () => {
    const period = { startsAt: 1_000, endsAt: 9_000 }
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: -1e6, max: 1e6 }), (amount, now) => {
        const given = prorate(amount, remainingShare(period, now))
        expect(given).toBeGreaterThanOrEqual(0)
        expect(given).toBeLessThanOrEqual(amount)
      }),
    )
  })
})
