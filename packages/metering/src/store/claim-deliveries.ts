import type { Database } from '@tollgate/database'
import type { DeliveryRow } from './claim-customer.ts'

/** Claimed events and where the next claim begins. */
export type ClaimedDeliveries = { deliveries: (DeliveryRow & { fence: number })[]; after: string }

/** Claims due events of as many customers as fit, from any replica; nobody waits for anybody. */
export async function claimDeliveries(
  database: Database,
  claim: { after: string; limit: number; claimMs: number },
): Promise<ClaimedDeliveries> {
  const rows = await database.query<{ claimed: ClaimedDeliveries }>({
    name: 'metering.claim_deliveries',
    text: 'select metering.claim_deliveries($1, $2, $3) as claimed',
    values: [claim.after, claim.limit, claim.claimMs],
  })
  return rows[0]?.claimed ?? { deliveries: [], after: '' }
}
