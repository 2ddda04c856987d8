import { describe, expect, it } from 'vitest'
import { meterParts } from './meter-parts.ts'

describe('meterParts', () => {
  it.each([
    { granted: 1000, used: 0, held: 0, remaining: 1000, usedPercent: 0, heldPercent: 0 },
    { granted: 1000, used: 795, held: 0, remaining: 205, usedPercent: 79.5, heldPercent: 0 },
    { granted: 1000, used: 800, held: 50, remaining: 150, usedPercent: 80, heldPercent: 5 },
    { granted: 1000, used: 1000, held: 0, remaining: 0, usedPercent: 100, heldPercent: 0 },
    { granted: 1000, used: 1300, held: 20, remaining: 0, usedPercent: 100, heldPercent: 0 },
    { granted: 0, used: 0, held: 0, remaining: 0, usedPercent: 0, heldPercent: 0 },
    { granted: 5000, used: 1, held: 1, remaining: 4998, usedPercent: 0.75, heldPercent: 0.75 },
    { granted: 5000, used: 4999, held: 0, remaining: 1, usedPercent: 99.25, heldPercent: 0 },
  ])('draws $used used and $held held of $granted', (balance) => {
    expect(meterParts(balance)).toMatchObject({
      usedPercent: balance.usedPercent,
      heldPercent: balance.heldPercent,
      remaining: balance.remaining,
    })
  })

  it('shows what is under way here before the server has said so', () => {
    const balance = { granted: 10, used: 3, held: 0, remaining: 7 }
    expect(meterParts(balance, 1)).toMatchObject({ held: 1, remaining: 6, heldPercent: 10 })
  })

  it('does not count the same hold twice once the server has said so', () => {
    const balance = { granted: 10, used: 3, held: 1, remaining: 6 }
    expect(meterParts(balance, 1)).toMatchObject({ held: 1, remaining: 6 })
  })

  it('never shows less than nothing', () => {
    expect(meterParts({ granted: 10, used: 10, held: 0, remaining: 0 }, 3).remaining).toBe(0)
  })
})
