import type { Machine } from '../measure/machine.ts'
import type { Spread } from '../measure/statistics.ts'
import type { CellName, Timing } from '../run/cells.ts'
import type { Exactness } from '../run/check-exactness.ts'
import type { Costs } from '../run/count-costs.ts'
import type { Race } from '../run/run-race.ts'
import type { Goal } from './goals.ts'

/** The results of one run; written unchanged with `--json`. */
export type Report = {
  startedAt: string
  machine: Machine
  rounds: number
  timing: Timing
  cells: {
    name: CellName
    concurrency: number
    perSecond: Spread
    p50: Spread
    p99: Spread
    /** CPU time per operation of everything except the load generator. */
    cpuMs: Spread
    /** Rounds in which other processes took a noticeable share of the machine. */
    disturbedRounds: number
    /** Reason and count, for each round that had any. */
    failed: [string, number][]
  }[]
  goals: Goal[]
  costs: Costs
  delivered: { events: number; ms: number; perSecond: number }
  race: Race
  exactness: Exactness
}
