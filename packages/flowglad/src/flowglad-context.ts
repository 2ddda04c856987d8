import type { Catalog, Clock, Logger } from '@tollgate/contract'
import type { Connection } from './connection.ts'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladFactory } from './flowglad-customer.ts'
import type { KnownPricing } from './known-pricing.ts'
import type { PendingChanges } from './pending-changes.ts'
import type { FlowgladPolicy } from './policy.ts'

/** What every operation of the backend needs. */
export type FlowgladContext = {
  catalog: Catalog
  factory: FlowgladFactory
  /** Null when only the factory was given. */
  api: FlowgladApi | null
  /** True for Tollgate's own backend. */
  selfHosted: boolean
  connection: Connection
  pendingChanges: PendingChanges
  pricing: KnownPricing
  clock: Clock
  policy: FlowgladPolicy
  logger: Logger
}

/** What the additional routes of our self-hosted backend need. */
export type SelfHostedContext = FlowgladContext & { api: FlowgladApi }
