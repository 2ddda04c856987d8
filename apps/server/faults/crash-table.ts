import { percentile, say } from './say.ts'

/** The outcome of killing a process at one point, over all runs. */
export type CrashRow = {
  kills: number
  /** Until the dead process's holds had expired, where the guest waited for that. */
  freedMs: number[]
  /** Until the client had its final response, or the ledger was complete. */
  recoveredMs: number[]
}

/** Every point at which a process was killed, in one table. */
export type CrashTable = {
  row(label: string, what: string): CrashRow
  /** The points at which a process was killed. */
  points(): string[]
  print(): void
}

/** Creates an empty table. */
export function createCrashTable(): CrashTable {
  const rows = new Map<string, CrashRow & { what: string }>()
  return {
    row(label, what) {
      const found = rows.get(label)
      if (found) return found
      const row = { what, kills: 0, freedMs: [], recoveredMs: [] }
      rows.set(label, row)
      return row
    },
    points: () => [
      ...new Set(
        [...rows]
          .filter(([, { kills }]) => kills > 0)
          .map(([label]) => label.slice(0, 'CP00'.length))
          .toSorted(),
      ),
    ],
    print() {
      say(line('point', ['kills', 'hold free', 'answer', 'killed …']))
      for (const [label, { kills, freedMs, recoveredMs, what }] of [...rows].toSorted(byLabel)) {
        say(line(label, [String(kills), most(freedMs), most(recoveredMs), what]))
      }
    },
  }
}

const WIDTHS = [6, 12, 12, 0]

function line(label: string, cells: readonly string[]): string {
  const padded = cells.map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0))
  return `${label.padEnd(7)}${padded.join('')}`.trimEnd()
}

function byLabel([one]: [string, unknown], [other]: [string, unknown]): number {
  return one.localeCompare(other)
}

/** The longest duration, because that is what bounds limit. */
function most(values: readonly number[]): string {
  return values.length === 0 ? '·' : `${percentile(values, 1)} ms`
}
