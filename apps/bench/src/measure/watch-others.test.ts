import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { watchOthers } from './watch-others.ts'

describe.runIf(existsSync('/proc/self/stat'))('the share of the machine that others take', () => {
  it('contains a process that is not ours, and not one that is', () => {
    const withUs = watchOthers([])
    const withoutUs = watchOthers([process.pid])
    const started = process.cpuUsage()
    while (process.cpuUsage(started).user < 300_000) Math.sqrt(Math.random())
    const without = withoutUs()
    expect(withUs()).toBeGreaterThan(without)
  })
})
