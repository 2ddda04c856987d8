import { processDue } from './process-due.ts'
import type { Ledger } from '../core/ledger.ts'
import { isInForce, readSubscription, type SubscriptionRow } from '../core/subscription-row.ts'

/** Reads a subscription after rolling over a period that has ended. */
export async function readCurrent(
  ledger: Ledger,
  key: { organizationId: string; subscriptionId: string },
): Promise<SubscriptionRow> {
  const subscription = await readSubscription(ledger.database, key)
  if (!isInForce(subscription) || subscription.periodEnd > ledger.clock.now()) return subscription
  const { organizationId, customerId } = subscription
  await processDue(ledger, { organizationId, customerId })
  return readSubscription(ledger.database, key)
}
