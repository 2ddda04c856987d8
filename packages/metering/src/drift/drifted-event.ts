import type { CustomerId, ListedUsage } from '@tollgate/contract'
import type { Charge } from '../store/create-charge-reader.ts'

/** One usage event on which metering and the billing backend disagree. */
export type DriftedEvent = { customerId: CustomerId } & (
  | { kind: 'missing_at_backend'; charge: Charge }
  | { kind: 'missing_in_metering'; event: ListedUsage }
  | { kind: 'different'; charge: Charge; event: ListedUsage }
)
