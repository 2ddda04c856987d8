import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchOthers } from './watch-others.ts'

/** On a busy machine a process gets little CPU time. */
const BUSY_MS_MAX = 120_000

describe.runIf(existsSync('/proc/self/stat'))('the share of the machine that others take', () => {
  // A fake clock gives all shares the same second, however long reading them takes.
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
    // CPU time of other processes between the readings, or lost when they exit, affects at most one of the outer ones.
    const [before, without, after] = [withUs(), withoutUs(), withUs()]
    expect(Math.max(before, after)).toBeGreaterThan(without)
  })
})
