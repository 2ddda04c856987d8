import type { BillingCustomer, MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** A usage event as the relay and the sync hand it over. */
export type DeliveryRow = {
  customerId: string
  transactionId: string
  subscriptionId: string
  meter: MeterSlug
  amount: number
  occurredAt: number
  operationId: string
  refusals: number
  sendings: number
}

/** One whose balance cannot be read before the backend has answered for it. */
export type UnansweredRow = DeliveryRow & {
  /** Sendings without an answer, this one included. */
  unanswered: number
}

/** What claiming a customer for a talk with the backend came to. */
export type ClaimAnswer =
  | { outcome: 'fresh' }
  | { outcome: 'busy'; now: string }
  | { outcome: 'claimed'; fence: number; now: string; unanswered: UnansweredRow[] }

/**
 * Claims a customer, unless the backend was asked since `since` or is being asked now; with the events to send before its
 * balance is read. Repeatable with the same token.
 */
export async function claimCustomer(
  database: Database,
  claim: {
    customer: BillingCustomer
    claimMs: number
    since: string | null
    token: string
    /** Events that have waited for longer go with the sync. */
    overdueMs: number
    limit: number
  },
): Promise<ClaimAnswer> {
  const { customerId, name, email } = claim.customer
  const rows = await database.query<{ answer: ClaimAnswer }>({
    name: 'metering.claim_customer',
    text: 'select metering.claim_customer($1, $2, $3, $4, $5::timestamptz, $6, $7, $8) as answer',
    values: [
      customerId,
      name,
      email,
      claim.claimMs,
      claim.since,
      claim.token,
      claim.overdueMs,
      claim.limit,
    ],
  })
  const answer = rows[0]?.answer
  if (!answer) throw new Error('metering.claim_customer did not answer.')
  return answer
}
