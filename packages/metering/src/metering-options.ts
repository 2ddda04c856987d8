import type { BillingBackend, Catalog, Clock, Logger, Offer } from '@tollgate/contract'
import type { Database, Sleep } from '@tollgate/database'
import type { MeteringEvent } from './metering-event.ts'
import type { MeteringPolicy } from './policy.ts'

/** What metering is made of. */
export type MeteringOptions<Meter extends string = string> = {
  /** Migrated with `METERING_MIGRATIONS`, opened with `hotPathSettings`. */
  database: Database
  backend: BillingBackend
  /** What is counted: a call that names another meter is refused. */
  catalog: Catalog<Meter>
  /** At least 32 characters; transaction ids are derived from it, so it must never change or leak. */
  secret: string
  clock?: Clock
  /** How to wait; goes with `clock`. */
  sleep?: Sleep
  logger?: Logger
  /** Among how many buckets customers are spread; set once per installation, and never changed after it. Default 1. */
  bucketCount?: number
  /** Makes operation ids, which are UUIDs; UUIDv7 by default, because neighbours in time should be neighbours in an index. */
  newId?: () => string
  /** The page where plans are bought, "/plans" by default; every refusal for want of credits or of a feature links to it. */
  plansUrl?: string
  /** The page where a customer sets its monthly cap; the refusal of a call beyond the cap links to it. */
  capUrl?: string
  /** The page where an unpaid invoice is paid; a refusal on a plan that is past due links to it first. */
  payUrl?: string
  /** What is sold now; a refusal offers the plans and top-ups that would lift it. Called with every refusal, so keep it in memory. */
  offers?: () => readonly Offer[]
  policy?: Partial<MeteringPolicy>
  /** Called with what is worth counting, in the middle of a call: count it and return. What it throws is logged. */
  onEvent?: (event: MeteringEvent) => void
}
