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

/** How the backend behaves until it is switched. */
export type BackendMode =
  | 'ok'
  | 'away'
  | 'unauthorized'
  | 'refuses'
  | 'loses the answer'
  | 'was preempted'

/** One schedule's universe: two processes, one database, one backend, and everything that was seen. */
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
  /** Milliseconds of the processes' own clocks since the start; moved by waiting only. */
  now: number
  /** Counts up; orders what happened. */
  turn: number
  mode: BackendMode
  /** Every turn at which credits were bought behind our back. */
  topUps: number[]
  /** Every turn at which a billing period ended. */
  renewals: number[]
  /** When the backend lost events, whose credits are there again without anyone knowing, by turn. */
  losses: number[]
  /** Ids that another client used before us. */
  preempted: Set<string>
  /** The turn of the last backup; null before the first. */
  backedUpAt: number | null
  /** What a move was doing then. */
  movedInBackup: BucketOnItsWay | null
  /** A move that has not come to its end: it goes on, or it was interrupted. */
  move: BucketOnItsWay | null
  lostTimes: LostTime[]
  /** Since when, on the database's clock in epoch milliseconds, a customer's balance here is no measure until it is read again. */
  outdatedSince: Map<string, number>
  /** Events that the backend has lost, by transaction id and meter. */
  lostEvents: Map<string, UsageDelivery>
  /** Every loss there ever was: until it is made good, its credits can be spent again. */
  lostCredits: UsageDelivery[]
  /** Ids of events that another program recorded. */
  foreignIds: Set<string>
  /** What the ledger said was left when a hold was refused, by customer and meter. */
  refusals: {
    process: string
    turn: number
    customerId: string
    meter: string
    required: number
    isOvertaken: boolean
    left: number
  }[]
  /** Answers to placings that an independent count contradicts. */
  misfits: { id: string; title: string; details: unknown }[]
  /** Calls whose hold was looked at: asked again for an answer that was lost, they hold what they held. */
  placed: Set<string>
  /** Calls that were answered in such a way that the backend is asked for their balance. */
  unsure: Set<string>
  /** Operations that have aged out, and what the backend confirmed of them by transaction id and meter. */
  aged: { operations: SettledOperation[]; delivered: Map<string, DeliveredCharge> }
  /** How many calls of a model the store has heard of after the end of an attempt, by operation, fence and model. */
  corrected: Map<string, number>
  ids: number
  /** Milliseconds that the database's clock was moved, in whole seconds. */
  passed: number
  /** The database's time, but for a microsecond per statement. */
  instant(): string
  /** Every turn at which a lease could have run out. */
  lapses: number[]
  /** Customers whose plan ever had `hd_images`. */
  hadFeature: Set<string>
  /** Ends every process there ever was. */
  endings: (() => void)[]
  /** After how many steps of the schedule the ledger was checked last. */
  checkedAt: number
  /** An error that no caller may ever see. */
  broken: unknown
  running: Set<Promise<void>>
}

/** Short enough that a schedule sees several ends of a billing period, long enough for most of it to be in one. */
export const PERIOD_MS = 3 * 3_600_000
