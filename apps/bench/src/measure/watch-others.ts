import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { cpuTimeMs } from './cpu-time.ts'

/** Above this share of the machine, what others do is part of a figure. */
export const OTHERS_SHARE_MAX = 0.1

/** A process's share of the first line of `/proc/stat` is counted in the same hundredths of a second. */
const MS_PER_TICK = 10
/** Positions after the name, as proc(5) numbers them; guests' time is part of the user's. */
const FIELDS = { idle: 3, waiting: 4, last: 7 } as const

/**
 * Begins to watch what processes other than ours, and the host under a virtual machine, take of the processors. The function
 * returned answers with their share of the machine since then, 0 to 1; not a number where it cannot be told.
 */
export function watchOthers(ours: readonly number[]): () => number {
  const startedAt = performance.now()
  const busyBefore = readBusyMs()
  const oursBefore = cpuTimeMs(ours)
  return () => {
    const busy = readBusyMs()
    const own = cpuTimeMs(ours)
    if (busy === null || busyBefore === null || own === null) return Number.NaN
    const others = busy - busyBefore - (own - (oursBefore ?? 0))
    return Math.max(0, others) / ((performance.now() - startedAt) * cpus().length)
  }
}

function readBusyMs(): number | null {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
    const ticks = line.split(/\s+/).slice(1).map(Number)
    return ticks.reduce((sum, value, field) => (isBusy(field) ? sum + value * MS_PER_TICK : sum), 0)
  } catch {
    return null
  }
}

function isBusy(field: number): boolean {
  return field !== FIELDS.idle && field !== FIELDS.waiting && field <= FIELDS.last
}
