import type { MeterSlug } from '@tollgate/contract'
import type { DeliveryRow } from './claim-customer.ts'
import type { MeteringDatabase } from './metering-database.ts'

/** Claimed events, and after which customer the next claim begins; empty when a round is complete. */
export type ClaimedDeliveries = { deliveries: (DeliveryRow & { fence: number })[]; after: string }

type Row = {
  customer_id: string
  fence: number
  operation_id: string | null
  key: string
  meter: MeterSlug
  amount: number
  subscription_id: string
  occurred_at: Date
  refusals: number
  sendings: number
  unanswered: number
  transaction_id: string | null
}

/** Claims due events of as many customers of one bucket as fit, from any replica; none waits for another. */
export async function claimDeliveries(
  database: MeteringDatabase,
  claim: { bucket: number; after: string; limit: number; claimMs: number },
): Promise<ClaimedDeliveries> {
  const rows = await database.query<Row>({
    name: 'metering.claim_deliveries',
    text: 'select * from metering.claim_deliveries($1::smallint, $2, $3, $4)',
    values: [claim.bucket, claim.after, claim.limit, claim.claimMs],
  })
  const last = rows.pop()
  return {
    deliveries: rows.map((row) => ({
      customerId: row.customer_id,
      fence: row.fence,
      operationId: row.operation_id ?? '',
      key: row.key,
      meter: row.meter,
      amount: row.amount,
      subscriptionId: row.subscription_id,
      occurredAt: row.occurred_at.getTime(),
      refusals: row.refusals,
      sendings: row.sendings,
      unanswered: row.unanswered,
      transactionId: row.transaction_id,
    })),
    after: last?.customer_id ?? '',
  }
}
