import type { Sample } from '../measure/sample.ts'
import type { LedgerCheck } from '../compare/check-ledger.ts'
import type { Executed } from './count-statements.ts'
import type { ServerCellName } from './server-cells.ts'

/** CPU time by process, in milliseconds. */
export type CpuByProcess = {
  server: number
  /** Zero if billing runs inside the server. */
  billing: number
  postgres: number
}

/** One cell in one round. */
export type ServerMeasured = Sample & {
  /** Per call, while calls ran. */
  cpu: CpuByProcess
  /** Per call, including the delivery of its usage event. */
  cpuDelivered: CpuByProcess
  /** Statements the servers sent to their database while calls ran, including the relay's. */
  statements: readonly Executed[]
  /** Statements per call that a caller waits for. */
  statementsOnPath: number
  /** The share of the machine that other processes took meanwhile, 0 to 1. */
  othersShare: number
}

/** All results of one variant. */
export type ServerResult = {
  name: string
  node: string
  processes: number
  cells: { name: ServerCellName; concurrency: number; rounds: ServerMeasured[] }[]
  /** How many of this many concurrent calls were admitted with this many credits. */
  race: { calls: number; credits: number; passed: number }
  ledger: LedgerCheck
}
