import type { Sample } from '../measure/sample.ts'
import type { LedgerCheck } from '../compare/check-ledger.ts'
import type { Executed } from './count-statements.ts'
import type { ServerCellName } from './server-cells.ts'

/** Processor time by process, in milliseconds. */
export type CpuByProcess = {
  server: number
  /** Zero where billing runs inside the server. */
  billing: number
  postgres: number
}

/** One cell in one round. */
export type ServerMeasured = Sample & {
  /** Per call, while calls ran. */
  cpu: CpuByProcess
  /** Per call until its usage event was delivered as well. */
  cpuDelivered: CpuByProcess
  /** What the servers sent to their database while calls ran, the relay's included. */
  statements: readonly Executed[]
  /** Statements per call that a caller waits for. */
  statementsOnPath: number
  /** What others took of the machine meanwhile, 0 to 1. */
  othersShare: number
}

/** Everything one variant came to. */
export type ServerResult = {
  name: string
  node: string
  processes: number
  cells: { name: ServerCellName; concurrency: number; rounds: ServerMeasured[] }[]
  /** How many of so many calls at once were let through for so many credits. */
  race: { calls: number; credits: number; passed: number }
  ledger: LedgerCheck
}
