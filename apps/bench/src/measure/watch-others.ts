import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { readCpuTimes } from './cpu-time.ts'

/** Above this share of the machine, other processes distort a figure. */
export const OTHERS_SHARE_MAX = 0.1

/** `/proc/stat` also counts in hundredths of a second. */
const MS_PER_TICK = 10
/** The field of its first line with the time that a virtual machine's host gave to others; see proc(5). */
const STOLEN = 8

/**
 * Starts to observe the CPU time of processes other than ours and their descendants, and the time stolen by a virtual machine's host. The
 * returned function returns their share of the machine since then, 0 to 1; NaN if it cannot be measured.
 */
export function watchOthers(ours: readonly number[]): () => number {
  const startedAt = performance.now()
  const before = readOthers(ours)
  return () => {
    const after = readOthers(ours)
    if (before === null || after === null) return Number.NaN
    const elapsedMs = (performance.now() - startedAt) * cpus().length
    let othersMs = after.stolenMs - before.stolenMs
    for (const [pid, ms] of after.processes) {
      othersMs += Math.max(0, ms - (before.processes.get(pid) ?? 0))
    }
    return othersMs / elapsedMs
  }
}

function readOthers(ours: readonly number[]) {
  const processes = readCpuTimes()?.outside(ours)
  return processes ? { processes, stolenMs: readStolenMs() } : null
}

function readStolenMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  return Number(line.split(/\s+/)[STOLEN] ?? 0) * MS_PER_TICK
}
