import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runClosedLoop } from './run-closed-loop.ts'
import { spreadOf } from './statistics.ts'

describe('the spread of some rounds', () => {
  it('is the middle one and the outermost, in whatever order they came', () => {
    expect(spreadOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 })
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 })
  })

  it('of no rounds is no number', () => {
    expect(spreadOf([])).toEqual({ median: Number.NaN, min: Number.NaN, max: Number.NaN })
  })
})

describe('a closed loop', () => {
  const loop = { concurrency: 4, warmUpMs: 0, measureMs: 5000, operationsMax: 20 }
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('runs as many operations as it was asked for, so many at once, and counts failures apart', async () => {
    let running = 0
    let mostRunning = 0
    let begun = 0
    const sampled = runClosedLoop(loop, async () => {
      begun += 1
      running += 1
      mostRunning = Math.max(mostRunning, running)
      const failure = begun % 5 === 0 ? '402' : null
      await new Promise((resolve) => setTimeout(resolve, 2))
      running -= 1
      return failure
    })
    await vi.advanceTimersByTimeAsync(10)
    const sample = await sampled
    expect(begun).toBe(20)
    expect(mostRunning).toBe(4)
    expect(sample.succeeded).toBe(16)
    expect(sample.failed).toEqual({ '402': 4 })
  })

  it('waits for what is under way when the time is up, so that slow calls are seen', async () => {
    const sampled = runClosedLoop({ ...loop, measureMs: 5 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 40))
      return null
    })
    await vi.advanceTimersByTimeAsync(40)
    const sample = await sampled
    expect(sample.p50).toBe(40)
    expect(sample.succeeded).toBe(4)
  })
})
