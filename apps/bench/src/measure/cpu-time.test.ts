import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cpuTimeMs } from './cpu-time.ts'

describe.runIf(existsSync('/proc/self/stat'))('the processor time of a process', () => {
  it('grows by what it works, not by what it waits', async () => {
    const before = cpuTimeMs([process.pid]) ?? Number.NaN
    await new Promise((resolve) => setTimeout(resolve, 300))
    const waited = (cpuTimeMs([process.pid]) ?? Number.NaN) - before
    const started = process.cpuUsage()
    while (process.cpuUsage(started).user < 300_000) Math.sqrt(Math.random())
    const worked = (cpuTimeMs([process.pid]) ?? Number.NaN) - before - waited
    expect(waited).toBeLessThan(200)
    expect(worked).toBeGreaterThanOrEqual(280)
  })

  it('is unknown without a process', () => {
    expect(cpuTimeMs([-1])).toBeNull()
  })
})
