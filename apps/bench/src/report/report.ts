import type { Machine } from '../measure/machine.ts'
import type { Spread } from '../measure/statistics.ts'
import type { CellName, Timing } from '../run/cells.ts'
import type { Exactness } from '../run/check-exactness.ts'
import type { Costs } from '../run/count-costs.ts'
import type { Race } from '../run/run-race.ts'
import type { Goal } from './goals.ts'

/** Everything one run found out; written as it is with `--json`. */
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
    /** Processor time per operation of everything but the load generator. */
    cpuMs: Spread
    /** Rounds in which others took a noticeable share of the machine. */
    disturbedRounds: number
    /** Reason and count, per round that had any. */
    failed: [string, number][]
  }[]
  goals: Goal[]
  costs: Costs
  delivered: { events: number; ms: number; perSecond: number }
  race: Race
  exactness: Exactness
}
