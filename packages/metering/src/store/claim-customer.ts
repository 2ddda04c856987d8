import type { BillingCustomer } from '@tollgate/contract'
import { callForCustomer } from './call-routine.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** A usage event as the relay and the sync hand it over. */
export type DeliveryRow = {
  customerId: string
  operationId: string
  /** Of its operation; the transaction id is derived from it. */
  key: string
  subscriptionId: string
  meter: string
  amount: number
  occurredAt: number
  refusals: number
  sendings: number
  /** Sendings without an answer, this one included. */
  unanswered: number
  /** Under which it was sent before it was derived from the key, or null. */
  transactionId: string | null
}

/** What claiming a customer for an exchange with the backend came to. */
export type ClaimResult =
  | { outcome: 'fresh' }
  | { outcome: 'busy'; now: string }
  | { outcome: 'claimed'; fence: number; now: string; unanswered: DeliveryRow[] }

/**
 * Claims a customer, unless the backend was asked since `since` or is being asked now; with the events to send before its
 * balance is read. Repeatable with the same token.
 */
export async function claimCustomer(
  database: MeteringDatabase,
  claim: {
    customer: BillingCustomer
    claimMs: number
    since: string | null
    token: string
    /** Events that have waited for longer go with the sync. */
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
