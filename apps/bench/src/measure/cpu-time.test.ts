import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cpuTimeMs } from './cpu-time.ts'

/** On a busy machine a process gets little CPU time. */
const BUSY_MS_MAX = 120_000
/** Uses 50 ms of CPU time for each message. */
const WORKER = `process.stdin.on('data', () => {
  const begun = process.cpuUsage()
  while (process.cpuUsage(begun).user < 50_000) Math.sqrt(Math.random())
  process.stdout.write('worked')
})`

describe.runIf(existsSync('/proc/self/stat'))('the processor time of a process', () => {
  it('grows by what it works, not by what it waits', { timeout: BUSY_MS_MAX }, async () => {
    // A separate process, because this one also does work unknown to the test.
    const worker = spawn(process.execPath, ['-e', WORKER], { stdio: ['pipe', 'pipe', 'inherit'] })
    onTestFinished(() => void worker.kill())
    const read = () => cpuTimeMs([worker.pid ?? -1]) ?? Number.NaN
    const work = async () => {
      worker.stdin.write('work')
      await once(worker.stdout, 'data')
      return read()
    }
    const started = await work()
    await delay(300)
    const waited = read()
    const worked = await work()
    expect(waited - started).toBeLessThan(40)
    expect(worked - waited).toBeGreaterThanOrEqual(40)
  })

  it('is unknown without a process', () => {
    expect(cpuTimeMs([-1])).toBeNull()
  })
})
