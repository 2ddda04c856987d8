import type {
  BillingAction,
  BillingBackend,
  BillingCustomer,
  Catalog,
  Clock,
  Logger,
  RefusalCause,
} from '@tollgate/contract'
import type { Sleep } from '@tollgate/database'
import type { Notifier } from './changes/create-notifier.ts'
import type { MeteringEvent } from './metering-event.ts'
import type { Heartbeat } from './operation/heartbeat.ts'
import type { MeteringPolicy } from './policy.ts'
import type { SettledTraces } from './relay/settled-traces.ts'
import type { BatchedStatements } from './store/batched-statements.ts'
import type { MeteringDatabase } from './store/metering-database.ts'

/** Shared by every part of metering; made once by `createMetering`. */
export type MeteringContext = {
  database: MeteringDatabase
  backend: BillingBackend
  catalog: Catalog
  clock: Clock
  sleep: Sleep
  logger: Logger
  policy: MeteringPolicy
  secret: string
  newId: () => string
  plansUrl: string
  /** What a customer can do about a refusal. */
  refusalActions: (cause: RefusalCause) => BillingAction[]
  notifier: Notifier
  /** Reads a customer from the backend; calls for the same customer share it. Throws what the backend throws. */
  sync: (customer: BillingCustomer) => Promise<void>
  /** Keeps the leases of running operations. */
  heartbeat: Heartbeat
  /** Where operations were settled, for the traces of their deliveries. */
  settledTraces: SettledTraces
  /** Calls `onEvent`; never throws. */
  emit: (event: MeteringEvent) => void
  /** The statements of the hot path; concurrent calls share them. */
  batched: BatchedStatements
}
