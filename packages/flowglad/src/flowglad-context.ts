import type { Catalog, Clock, Logger } from '@tollgate/contract'
import type { Connection } from './connection.ts'
import type { MeterNames } from './meter-names.ts'
import type { FlowgladPolicy } from './policy.ts'

/** What every operation of the backend works with. */
export type FlowgladContext = {
  catalog: Catalog
  connection: Connection
  meterNames: MeterNames
  clock: Clock
  policy: FlowgladPolicy
  logger: Logger
}
