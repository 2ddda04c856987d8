import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatPlan } from './format-plan.ts'
import { ASSUMPTIONS, MEASURED_COST } from './measured-cost.ts'
import { planCapacity } from './plan-capacity.ts'

const plan = (calls: number) => planCapacity(calls, MEASURED_COST, ASSUMPTIONS)

describe('a capacity plan', () => {
  it('is the one that the documentation shows', () => {
    const page = readFileSync(new URL('../../../docs/operate/capacity.md', import.meta.url), 'utf8')
    const settings = { cost: MEASURED_COST, assumptions: ASSUMPTIONS }
    expect(page).toContain(formatPlan([1e6, 1e8, 1e10].map(plan), settings).trim())
  })

  it('serves a million calls a month with one database, one backend and a spare server', () => {
    expect(plan(1e6).machines).toEqual({ servers: 2, billing: 1, databases: 1 })
  })

  it('needs several databases only for ten billion', () => {
    expect(plan(1e8).machines.databases).toBe(1)
    expect(plan(1e10).machines.databases).toBeGreaterThan(1)
  })

  it('grows in proportion: twice the calls keep twice the cores busy', () => {
    const [one, other] = [plan(1e10), plan(2e10)]
    for (const part of ['server', 'billing', 'postgres'] as const)
      expect(other.cores[part] / one.cores[part]).toBeCloseTo(2)
    expect(other.storedGigabytes / one.storedGigabytes).toBeCloseTo(2)
  })

  it('counts the dearer call while calls come alone', () => {
    expect(plan(1e6).cores.postgres / plan(1e6).peakPerSecond).toBeCloseTo(
      MEASURED_COST.alone.postgres / 1000,
    )
  })

  it('says how much of the busiest second each part works', () => {
    const assumptions = { ...ASSUMPTIONS, peakFactor: 1, workMs: 0.5, daysPerMonth: 1 }
    const together = { server: 0.5, billing: 0.1, postgres: 0.2 }
    const cost = { ...MEASURED_COST, together, walBytes: 2000 }
    const { peakPerSecond, cores, walMegabytesPerSecond } = planCapacity(86.4e6, cost, assumptions)
    expect(cores).toEqual({ server: 1, billing: 0.1, postgres: 0.2 })
    expect([peakPerSecond, walMegabytesPerSecond]).toEqual([1000, 2])
  })
})
