import type { MeteringContext } from '../context.ts'
import { type ClaimedDeliveries, claimDeliveries } from '../store/claim-deliveries.ts'
import { bucketsOf } from '../store/metering-database.ts'

/** Claims batch after batch, going round every bucket and customer. */
export type ClaimRound = {
  /** The next batch; `more` while the round is not complete. */
  next(): Promise<{ deliveries: ClaimedDeliveries['deliveries']; more: boolean }>
}

/** Starts a round at the first customer. */
export function createClaimRound({ database, policy }: MeteringContext): ClaimRound {
  const buckets = bucketsOf(database)
  let index = 0
  let after = ''
  return {
    async next() {
      const { claimMs, deliveryBatch: limit } = policy
      const bucket = buckets[index] ?? 0
      const claimed = await claimDeliveries(database, { bucket, after, limit, claimMs })
      after = claimed.after
      if (after === '') index = (index + 1) % buckets.length
      return { deliveries: claimed.deliveries, more: after !== '' || index > 0 }
    },
  }
}
