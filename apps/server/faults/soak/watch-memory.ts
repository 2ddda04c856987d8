import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const EVERY_MS = 1000

/** A process's memory over time. */
export type MemoryCurve = {
  megabytes: readonly number[]
  /** How fast it grows in the later half of the time, by the line that fits it best. */
  megabytesPerMinute: number
}

/** Reads the resident memory of a process once a second, for so long. */
export async function watchMemory(pid: number, milliseconds: number): Promise<MemoryCurve> {
  const megabytes: number[] = []
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    megabytes.push((await residentKilobytes(pid)) / 1024)
    await delay(EVERY_MS)
  }
  const later = megabytes.slice(Math.floor(megabytes.length / 2))
  return { megabytes, megabytesPerMinute: slopeOf(later) * (60_000 / EVERY_MS) }
}

// Containers often have no `ps`.
async function residentKilobytes(pid: number): Promise<number> {
  const file = `/proc/${pid}/status`
  if (existsSync(file)) {
    return Number(/^VmRSS:\s+(\d+)/mu.exec(await readFile(file, 'utf8'))?.[1])
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout)
}

/** Least squares, per sample. */
function slopeOf(values: readonly number[]): number {
  const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length
  const [meanX, meanY] = [(values.length - 1) / 2, mean(values)]
  const covariance = values.map((value, x) => (x - meanX) * (value - meanY))
  const variance = values.map((_, x) => (x - meanX) ** 2)
  return mean(covariance) / mean(variance)
}
