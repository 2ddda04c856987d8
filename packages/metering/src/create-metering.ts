import type {
  BillingAction,
  BillingBackend,
  Clock,
  CustomerBilling,
  FeatureSlug,
  Logger,
  MeterSlug,
} from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from './metering.ts'
import type { MeteringPolicy } from './policy.ts'

/** What metering is made of. */
export type MeteringOptions = {
  /** Migrated with `METERING_MIGRATIONS` of `@tollgate/metering/postgres`. */
  database: Database
  backend: BillingBackend
  /** At least 32 characters; transaction ids are derived from it, so it must never change or leak. */
  secret: string
  clock?: Clock
  logger?: Logger
  /** What a person can do when a balance is used up or a plan lacks a feature. */
  wayOut: (ended: {
    meter?: MeterSlug
    feature?: FeatureSlug
    billing: CustomerBilling | null
    resetsAt: string | null
  }) => WayOut
  policy?: Partial<MeteringPolicy>
}

/** Where a person who was refused can go. */
export type WayOut = { upgradeUrl: string; actions: BillingAction[] }

/** Makes the heart of the house over a database and a backend. Nothing runs in the background before `start()`. */
export function createMetering(_options: MeteringOptions): Metering {
  throw new Error('Not finished.')
}
