import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second, whatever the processor. */
const MS_PER_TICK = 10

/** Positions in `/proc/<pid>/stat` after the name, as proc(5) numbers them. */
const FIELDS = { parent: 1, user: 11, system: 12 } as const

/** The processor time that some processes and their children have used; null where there is no `/proc`. */
export function cpuTimeMs(pids: readonly number[]): number | null {
  const wanted = new Set(pids)
  let ticks = 0
  for (const entry of listProcesses() ?? []) {
    const stat = readStat(entry)
    if (!stat || !(wanted.has(Number(entry)) || wanted.has(stat.parent))) continue
    ticks += stat.ticks
  }
  return ticks === 0 ? null : ticks * MS_PER_TICK
}

function listProcesses(): string[] | null {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return null
  }
}

function readStat(pid: string): { parent: number; ticks: number } | null {
  try {
    // The name in parentheses may contain spaces; the fields begin after it.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const field = (index: number) => Number(fields[index])
    return { parent: field(FIELDS.parent), ticks: field(FIELDS.user) + field(FIELDS.system) }
  } catch {
    // It ended while we were looking.
    return null
  }
}
