import type { Catalog, Clock, Logger } from '@tollgate/contract'
import type { Connection } from './connection.ts'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladFactory } from './flowglad-customer.ts'
import type { KnownPricing } from './known-pricing.ts'
import type { PendingChanges } from './pending-changes.ts'
import type { FlowgladPolicy } from './policy.ts'

/** What every operation of the backend works with. */
export type FlowgladContext = {
  catalog: Catalog
  factory: FlowgladFactory
  /** Null where the factory is all there is. */
  api: FlowgladApi | null
  /** Whether Tollgate's own backend answers. */
  selfHosted: boolean
  connection: Connection
  pendingChanges: PendingChanges
  pricing: KnownPricing
  clock: Clock
  policy: FlowgladPolicy
  logger: Logger
}

/** What the routes of our self-hosted backend need. */
export type SelfHostedContext = FlowgladContext & { api: FlowgladApi }
