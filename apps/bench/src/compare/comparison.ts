import type { Timing } from '../run/cells.ts'
import type { Growth } from '../run/measure-growth.ts'
import type { Measured } from '../run/measurements.ts'
import type { Start } from '../server/measure-start.ts'
import type { ServerResult } from '../server/server-result.ts'
import type { Machine } from '../measure/machine.ts'
import type { LedgerCheck } from './check-ledger.ts'
import type { Line } from './line.ts'

/** Everything that a comparison of two revisions found out; written as it is with `--json`. */
export type Comparison = {
  startedAt: string
  minutes: number
  machine: Machine
  revisions: { this: string; other: string }
  rounds: number
  timing: Timing
  lines: Line[]
  core: Record<'this' | 'other', CoreReport>
  servers: ServerResult[]
  /** Why there are no servers, if there are none. */
  serversMissing: string | null
  growth: Growth
  starts: Start[]
}

export type CoreReport = {
  cells: { name: string; concurrency: number; samples: readonly Measured[] }[]
  eventCpuMs: number
  ledger: LedgerCheck
}
