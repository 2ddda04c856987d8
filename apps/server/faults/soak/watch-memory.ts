import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const EVERY_MS = 1000

/** A process's memory over time. */
export type MemoryCurve = {
  megabytes: readonly number[]
  /** The minimum of the last third minus that of the third before it: what the collector could not free. */
  growthMegabytes: number
}

/** Samples the resident memory of a process every second for this long. */
export async function watchMemory(pid: number, milliseconds: number): Promise<MemoryCurve> {
  const megabytes: number[] = []
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    megabytes.push((await residentKilobytes(pid)) / 1024)
    await delay(EVERY_MS)
  }
  const third = Math.floor(megabytes.length / 3)
  const least = (from: number) => Math.min(...megabytes.slice(from, from + third))
  return { megabytes, growthMegabytes: least(2 * third) - least(third) }
}

// Containers often lack `ps`.
async function residentKilobytes(pid: number): Promise<number> {
  const file = `/proc/${pid}/status`
  if (existsSync(file)) {
    return Number(/^VmRSS:\s+(\d+)/mu.exec(await readFile(file, 'utf8'))?.[1])
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout)
}
