import type { BillingCustomer, UsageDelivery } from '@tollgate/contract'
import type { FakeBackend } from '@tollgate/testing/fake-backend'
import type { BucketOnItsWay } from './bucket-on-its-way.ts'
import type { Coverage } from './coverage.ts'
import type { Attempt, LostTime, SettledOperation } from './history.ts'
import type { Schedule } from './schedule.ts'
import type { Process } from './running-process.ts'
import type { Scratch } from './scratch.ts'
import type { Start } from './start-arbitrary.ts'
import type { DeliveredCharge } from './store-events.ts'
import type { Trace } from './trace.ts'

/** How the backend behaves until the next switch. */
export type BackendMode =
  | 'ok'
  | 'away'
  | 'unauthorized'
  | 'refuses'
  | 'loses the answer'
  | 'was preempted'

/** The state of one schedule: two processes, one store, one backend, and everything that was observed. */
export type World = {
  schedule: Schedule
  trace: Trace
  scratch: Scratch
  start: Start
  backend: FakeBackend
  coverage: Coverage
  processes: [Process, Process]
  customers: BillingCustomer[]
  history: Attempt[]
  /** Milliseconds since the start on the processes' own clocks; only waiting advances them. */
  now: number
  /** A counter that orders events. */
  turn: number
  mode: BackendMode
  /** Every turn at which credits were bought without a webhook. */
  topUps: number[]
  /** Every turn at which a billing period ended. */
  renewals: number[]
  /** Every turn at which the backend lost events, which silently returns their credits. */
  losses: number[]
  /** Ids that another client used before us. */
  preempted: Set<string>
  /** The turn of the last backup; null before the first. */
  backedUpAt: number | null
  /** The unfinished move at that time. */
  movedInBackup: BucketOnItsWay | null
  /** An unfinished move: running or interrupted. */
  move: BucketOnItsWay | null
  lostTimes: LostTime[]
  /** When a customer's stored balance became unreliable until the next sync; epoch milliseconds of the database's clock. */
  outdatedSince: Map<string, number>
  /** Events that the backend has lost, by transaction id and meter. */
  lostEvents: Map<string, UsageDelivery>
  /** Every loss so far: until it is redelivered, its credits can be spent again. */
  lostCredits: UsageDelivery[]
  /** Ids of events that another program recorded. */
  foreignIds: Set<string>
  /** What was left in the ledger when a hold was refused, by customer and meter. */
  refusals: {
    process: string
    turn: number
    customerId: string
    meter: string
    required: number
    isOvertaken: boolean
    left: number
  }[]
  /** Results of placing that an independent count contradicts. */
  misfits: { id: string; title: string; details: unknown }[]
  /** Calls whose hold was checked: when retried after a lost response, they keep the hold they have. */
  placed: Set<string>
  /** Calls whose outcome requires reading their balance from the backend. */
  unsure: Set<string>
  /** Operations that have aged out, and their acknowledged charges by transaction id and meter. */
  aged: { operations: SettledOperation[]; delivered: Map<string, DeliveredCharge> }
  /** How many calls of a model were reported to the store after an attempt's end, by operation, fence and model. */
  corrected: Map<string, number>
  ids: number
  /** Milliseconds that the database's clock was advanced, in whole seconds. */
  passed: number
  /** The database's time, without the microsecond that each statement adds. */
  instant(): string
  /** Every turn at which a lease could have expired. */
  lapses: number[]
  /** Customers whose plan ever included `hd_images`. */
  hadFeature: Set<string>
  /** Ends every process ever started. */
  endings: (() => void)[]
  /** The schedule's step count at the last check of the ledger. */
  checkedAt: number
  /** An error that no caller may ever see. */
  broken: unknown
  running: Set<Promise<void>>
}

/** Short enough for a schedule to cross several billing periods, long enough for most steps to share one. */
export const PERIOD_MS = 3 * 3_600_000
