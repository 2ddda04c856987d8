import { describe, expect, it } from 'vitest'
import { ASSUMPTIONS, MEASURED_COST } from './measured-cost.ts'
import { planCapacity } from './plan-capacity.ts'

const plan = (calls: number) => planCapacity(calls, MEASURED_COST, ASSUMPTIONS)

describe('a capacity plan', () => {
  it('serves a million calls a month with one database, one backend and a spare server', () => {
    expect(plan(1e6).machines).toEqual({ servers: 2, billing: 1, databases: 1 })
  })

  it('needs several databases only for ten billion', () => {
    expect(plan(1e8).machines.databases).toBe(1)
    expect(plan(1e10).machines.databases).toBeGreaterThan(1)
  })

  it('grows in proportion: a hundred times the calls keep a hundred times the cores busy', () => {
    const [one, other] = [plan(1e8), plan(1e10)]
    for (const part of ['server', 'billing', 'postgres'] as const)
      expect(other.cores[part] / one.cores[part]).toBeCloseTo(100)
    expect(other.storedGigabytes / one.storedGigabytes).toBeCloseTo(100)
  })

  it('says how much of the second each part is busy', () => {
    const assumptions = { ...ASSUMPTIONS, peakFactor: 1, batchingFactor: 1, daysPerMonth: 1 }
    const cost = { ...MEASURED_COST, server: 1, walBytes: 2000 }
    const { peakPerSecond, cores, walMegabytesPerSecond } = planCapacity(86.4e6, cost, assumptions)
    expect([peakPerSecond, cores.server, walMegabytesPerSecond]).toEqual([1000, 1, 2])
  })
})
