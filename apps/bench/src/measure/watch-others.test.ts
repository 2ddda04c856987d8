import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchOthers } from './watch-others.ts'

/** On a busy machine a process gets little of a processor. */
const BUSY_MS_MAX = 120_000

describe.runIf(existsSync('/proc/self/stat'))('the share of the machine that others take', () => {
  // All shares are of the same second, however long a busy machine takes to read them.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('contains a process that is not ours, and not one that is', { timeout: BUSY_MS_MAX }, () => {
    const withUs = watchOthers([])
    const withoutUs = watchOthers([process.pid])
    const started = process.cpuUsage()
    while (process.cpuUsage(started).user < 50_000) Math.sqrt(Math.random())
    vi.advanceTimersByTime(1000)
    // What others do between two readings, or take with them when they end, is in one of the outer ones at the most.
    const [before, without, after] = [withUs(), withoutUs(), withUs()]
    expect(Math.max(before, after)).toBeGreaterThan(without)
  })
})
