import { readdirSync, readFileSync } from 'node:fs'

/** Linux reports CPU time in hundredths of a second on every CPU. */
const MS_PER_TICK = 10

/** Positions in `/proc/<pid>/stat` after the name, as proc(5) numbers them. */
const FIELDS = { parent: 1, user: 11, system: 12 } as const

/** The CPU time of every process at one moment, in milliseconds. */
export type CpuTimes = {
  /** A process without its descendants. */
  own(pid: number): number
  /** A process with its descendants. */
  tree(pid: number): number
  /** Each process that descends from none of these. */
  outside(pids: readonly number[]): Map<number, number>
}

/** Reads the CPU time of every process; null without `/proc`. */
export function readCpuTimes(): CpuTimes | null {
  const processes = new Map<number, { parent: number; ms: number }>()
  for (const entry of listProcesses() ?? []) {
    const stat = readStat(entry)
    if (stat) processes.set(Number(entry), stat)
  }
  if (processes.size === 0) return null
  const children = new Map<number, number[]>()
  for (const [pid, { parent }] of processes) {
    const siblings = children.get(parent)
    if (siblings) siblings.push(pid)
    else children.set(parent, [pid])
  }
  const own = (pid: number) => processes.get(pid)?.ms ?? 0
  const tree = (pid: number): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + tree(child), own(pid))
  const descendants = (pid: number): number[] => [
    pid,
    ...(children.get(pid) ?? []).flatMap(descendants),
  ]
  const outside = (pids: readonly number[]) => {
    const inside = new Set(pids.flatMap(descendants))
    return new Map([...processes].flatMap(([pid, { ms }]) => (inside.has(pid) ? [] : [[pid, ms]])))
  }
  return { own, tree, outside }
}

/** The total CPU time of some processes and their descendants; null if it cannot be measured. */
export function cpuTimeMs(pids: readonly number[]): number | null {
  const times = readCpuTimes()
  const ms = pids.reduce((sum, pid) => sum + (times?.tree(pid) ?? 0), 0)
  return ms === 0 ? null : ms
}

function listProcesses(): string[] | null {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return null
  }
}

function readStat(pid: string): { parent: number; ms: number } | null {
  try {
    // The name in parentheses may contain spaces; the fields start after it.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const field = (index: number) => Number(fields[index])
    const ticks = field(FIELDS.user) + field(FIELDS.system)
    return { parent: field(FIELDS.parent), ms: ticks * MS_PER_TICK }
  } catch {
    // The process ended meanwhile.
    return null
  }
}
