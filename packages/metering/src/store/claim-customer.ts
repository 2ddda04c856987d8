import type { BillingCustomer } from '@tollgate/contract'
import { callForCustomer } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** A usage event as the relay and the sync deliver it. */
export type DeliveryRow = {
  customerId: string
  operationId: string
  /** The key of its operation, from which the transaction id is derived. */
  key: string
  subscriptionId: string
  meter: string
  amount: number
  occurredAt: number
  refusals: number
  sendings: number
  /** Deliveries without an answer, including this one. */
  unanswered: number
  /** Its id if it was first sent before ids were derived from keys; otherwise null. */
  transactionId: string | null
}

/** The result of claiming a customer for an exchange with the backend. */
export type ClaimResult =
  | { outcome: 'fresh' }
  | { outcome: 'busy'; now: string }
  | { outcome: 'claimed'; fence: number; now: string; unanswered: DeliveryRow[] }

/**
 * Claims a customer, unless the backend was read after `since` or is being read now; returns the events to send before its balance is
 * read. Idempotent per token.
 */
export async function claimCustomer(
  database: MeteringDatabase,
  claim: {
    customer: BillingCustomer
    claimMs: number
    since: string | null
    token: string
    /** Events that have waited longer are sent by the sync. */
    overdueMs: number
    limit: number
  },
): Promise<ClaimResult> {
  const { customerId, name, email } = claim.customer
  return callForCustomer(database, 'claim_customer', [
    customerId,
    name,
    email,
    claim.claimMs,
    claim.since,
    claim.token,
    claim.overdueMs,
    claim.limit,
  ])
}
