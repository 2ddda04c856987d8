import type { Timing } from '../run/cells.ts'
import type { Growth } from '../run/measure-growth.ts'
import type { Measured } from '../run/measurements.ts'
import type { Start } from '../server/measure-start.ts'
import type { ServerResult } from '../server/server-result.ts'
import type { Machine } from '../measure/machine.ts'
import type { LedgerCheck } from './check-ledger.ts'
import type { Line } from './line.ts'

/** The results of a comparison of two revisions; written unchanged with `--json`. */
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
  /** Why servers were not measured, if they were not. */
  serversMissing: string | null
  growth: Growth
  starts: Start[]
}

export type CoreReport = {
  cells: { name: string; concurrency: number; samples: readonly Measured[] }[]
  eventCpuMs: number
  ledger: LedgerCheck
}
