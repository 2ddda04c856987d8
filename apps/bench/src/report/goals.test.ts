import { describe, expect, it } from 'vitest'
import { createMeasurements } from '../run/measurements.ts'
import { goal, judgeRun } from './goals.ts'

describe('a goal', () => {
  it('is judged by the median of its rounds, the limit included', () => {
    expect(goal('G', 'what', { atMost: 2 }, [9, 2, 1]).met).toBe(true)
    expect(goal('G', 'what', { atMost: 2 }, [9, 2.1, 1]).met).toBe(false)
    expect(goal('G', 'what', { atLeast: 2 }, [9, 2, 1]).met).toBe(true)
    expect(goal('G', 'what', { atLeast: 2 }, [9, 1.9, 1]).met).toBe(false)
  })

  it('that could not be measured is missed', () => {
    expect(goal('G', 'what', { atMost: 2 }, []).met).toBe(false)
    expect(goal('G', 'what', { atLeast: 2 }, [Number.NaN]).met).toBe(false)
  })
})

describe('the goals of a run', () => {
  it('relate figures of the same round, so that a slow round does not count twice', () => {
    const measurements = createMeasurements()
    const sample = (p50: number) => ({
      succeeded: 1,
      failed: {},
      perSecond: 1,
      p50,
      p99: p50,
      cpuMs: 1,
      othersShare: 0,
      walBytes: 1,
      fsyncs: 1,
    })
    for (const slowness of [1, 10, 3]) {
      measurements.add({ name: 'unbilled', concurrency: 64 }, sample(2 * slowness))
      measurements.add({ name: 'billed', concurrency: 64 }, sample(3 * slowness))
    }
    const [first] = judgeRun(measurements)
    expect(first).toMatchObject({
      id: 'G1',
      met: true,
      measured: { median: 1.5, min: 1.5, max: 1.5 },
    })
  })
})
