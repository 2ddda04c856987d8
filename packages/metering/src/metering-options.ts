import type { BillingBackend, Catalog, Clock, Logger, Offer } from '@tollgate/contract'
import type { Database, Sleep } from '@tollgate/database'
import type { MeteringEvent } from './metering-event.ts'
import type { MeteringPolicy } from './policy.ts'

/** What `createMetering` takes. */
export type MeteringOptions<Meter extends string = string> = {
  /** Migrated with `METERING_MIGRATIONS`, opened with `hotPathSettings`. */
  database: Database
  backend: BillingBackend
  /** The meters and features; a call that names any other meter is refused. */
  catalog: Catalog<Meter>
  /** At least 32 characters; transaction ids are derived from it, so it must never change or leak. */
  secret: string
  clock?: Clock
  /** Waits for a time; replace it together with `clock`. */
  sleep?: Sleep
  logger?: Logger
  /** The number of buckets that customers are spread over; set once per installation, never changed. Default 1. */
  bucketCount?: number
  /** Makes operation ids, which are UUIDs; UUIDv7 by default, so that ids created together are close together in an index. */
  newId?: () => string
  /** The page where plans are sold, "/plans" by default; every refusal for missing credits or a missing feature links to it. */
  plansUrl?: string
  /** The page where a customer sets its monthly cap; a refusal because of the cap links to it. */
  capUrl?: string
  /** The page where an unpaid invoice is paid; refusals of a customer who is past due link to it first. */
  payUrl?: string
  /** What is on sale; a refusal offers the plans and top-ups that would resolve it. Called for every refusal, so answer from memory. */
  offers?: () => readonly Offer[]
  policy?: Partial<MeteringPolicy>
  /** Called with events for metrics, synchronously within a call: count and return. What it throws is logged. */
  onEvent?: (event: MeteringEvent) => void
}
