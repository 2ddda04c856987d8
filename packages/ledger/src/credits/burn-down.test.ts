import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { burnDown } from './burn-down.ts'

describe('burnDown', () => {
  it('burns what expires soonest first and what never expires last', () => {
    const grants = [
      { id: 'top-up', remaining: 50, expiresAt: null },
      { id: 'plan', remaining: 10, expiresAt: 200 },
      { id: 'gift', remaining: 5, expiresAt: 100 },
    ]
    expect(burnDown(grants, 20)).toEqual({
      burns: [
        { grantId: 'gift', amount: 5 },
        { grantId: 'plan', amount: 10 },
        { grantId: 'top-up', amount: 5 },
      ],
      uncovered: 0,
    })
  })

  it('reports what no grant covers', () => {
    expect(burnDown([{ id: 'plan', remaining: 3, expiresAt: 1 }], 10).uncovered).toBe(7)
    expect(burnDown([], 4)).toEqual({ burns: [], uncovered: 4 })
  })

  it('accounts for every credit, takes none twice and leaves nothing that expires while it takes what does not', () => {
    const grant = fc.record({
      remaining: fc.integer({ min: 0, max: 50 }),
      expiresAt: fc.option(fc.integer({ min: 1, max: 9 })),
    })
    fc.assert(
      fc.property(
        fc.array(grant, { maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        (some, amount) => {
          const grants = some.map((one, index) => ({ ...one, id: String(index) }))
          const { burns, uncovered } = burnDown(grants, amount)
          const taken = new Map(burns.map(({ grantId, amount: part }) => [grantId, part]))
          expect(burns.reduce((sum, burn) => sum + burn.amount, uncovered)).toBe(amount)
          expect(taken.size).toBe(burns.length)
          const left = grants.map((one) => ({
            ...one,
            left: one.remaining - (taken.get(one.id) ?? 0),
          }))
          expect(left.every((one) => one.left >= 0)).toBe(true)
          const lastTaken = Math.max(
            0,
            ...left.filter(({ id }) => taken.has(id)).map((one) => one.expiresAt ?? Infinity),
          )
          expect(
            left.filter((one) => (one.expiresAt ?? Infinity) < lastTaken && one.left > 0),
          ).toEqual([])
        },
      ),
    )
  })
})
