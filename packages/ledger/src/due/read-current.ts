import { bringUpToDate } from './bring-up-to-date.ts'
import type { Ledger } from '../core/ledger.ts'
import { isInForce, readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'

/** Reads a subscription as it should be now: a period that ended since is taken over first. */
export async function readCurrent(
  ledger: Ledger,
  key: { organizationId: string; subscriptionId: string },
): Promise<SubscriptionRow> {
  const subscription = await readSubscription(ledger.database, key)
  if (!isInForce(subscription) || subscription.periodEnd > ledger.clock.now()) return subscription
  const { organizationId, customerId } = subscription
  await bringUpToDate(ledger, { organizationId, customerId })
  return readSubscription(ledger.database, key)
}
