import type { DeliveryRow } from './claim-customer.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** A usage event whose customer is claimed. */
export type ClaimedDelivery = DeliveryRow & { fence: number }

/** Claimed events, and the customer after which the next claim starts; empty when a round is complete. */
export type ClaimedDeliveries = { deliveries: ClaimedDelivery[]; after: string }

/** Claims due events of as many customers of one bucket as fit; concurrent claims do not wait for each other. */
export async function claimDeliveries(
  database: MeteringDatabase,
  claim: { bucket: number; after: string; limit: number; claimMs: number },
): Promise<ClaimedDeliveries> {
  const deliveries = await database.query<ClaimedDelivery>({
    name: 'metering.claim_deliveries',
    text: `select customer_id as "customerId", fence, operation_id as "operationId", key, meter, amount,
        subscription_id as "subscriptionId", floor(extract(epoch from occurred_at) * 1000)::bigint as "occurredAt",
        refusals, sendings, unanswered, transaction_id as "transactionId"
      from metering.claim_deliveries($1::smallint, $2, $3, $4)`,
    values: [claim.bucket, claim.after, claim.limit, claim.claimMs],
  })
  // The last row is not an event: its customer is where the next claim starts.
  const next = deliveries.pop()
  return { deliveries, after: next?.customerId ?? '' }
}
