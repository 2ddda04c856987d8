import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MeterHistory, replay, withUsage } from './replay.ts'

const plan = { id: 'plan', createdAt: 0, expiresAt: 30, capacity: 10, position: 1 }
const topUp = { id: 'top-up', createdAt: 20, expiresAt: null, capacity: 50, position: 2 }
const next = { id: 'next', createdAt: 30, expiresAt: 60, capacity: 10, position: 3 }
const nothing = { usage: new Map(), debts: [] }

describe('replay', () => {
  it('burns what is valid at the time and lets later grants settle the rest', () => {
    const history = { ...nothing, grants: [plan, topUp, next] }
    const used = withUsage(withUsage(history, { usedAt: 5, amount: 25 }), {
      usedAt: 35,
      amount: 12,
    })
    expect(Object.fromEntries(replay(used))).toEqual({ plan: 10, 'top-up': 17, next: 10 })
  })

  it('settles a carried-over debt first', () => {
    const history = { usage: new Map([[20, 4]]), debts: [{ at: 0, amount: 8 }] }
    expect(Object.fromEntries(replay({ ...history, grants: [plan, topUp] }))).toEqual({
      plan: 10,
      'top-up': 2,
    })
  })

  it('never burns less of a grant with more usage, nor more in all than was added', () => {
    fc.assert(
      fc.property(histories, fc.record({ usedAt: time, amount }), (history, more) => {
        const before = replay(history)
        const after = replay(withUsage(history, more))
        const shares = [...after].map(([id, taken]) => taken - (before.get(id) ?? 0))
        expect(shares.every((share) => share >= 0)).toBe(true)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(more.amount)
      }),
      { numRuns: 1_000 },
    )
  })
})

const time = fc.integer({ min: 0, max: 12 })
const amount = fc.integer({ min: 1, max: 30 })
const grants = fc.array(
  fc.record({
    createdAt: time,
    expiresAt: fc.option(fc.integer({ min: 1, max: 15 })),
    capacity: fc.integer({ min: 0, max: 30 }),
  }),
  { maxLength: 6 },
)
const histories: fc.Arbitrary<MeterHistory> = fc
  .record({
    grants: grants.map((some) =>
      some.map((one, position) => ({ ...one, id: String(position), position })),
    ),
    uses: fc.array(fc.record({ usedAt: time, amount }), { maxLength: 8 }),
    debts: fc.array(fc.record({ at: time, amount: fc.integer({ min: -20, max: 20 }) }), {
      maxLength: 2,
    }),
  })
  .map(({ uses, ...history }) =>
    uses.reduce<MeterHistory>(withUsage, { ...history, usage: new Map() }),
  )
