import {
  type BillingBackend,
  credits,
  transactionId,
  type UsageDelivery,
  type UsageReceipt,
} from '@tollgate/contract'
import type { DriftedEvent } from './drifted-event.ts'

/** A charge that the backend has lost. */
export type LostCharge = Extract<DriftedEvent, { kind: 'missing_at_backend' }>

/** Delivers charges that the backend has lost again, under their own transaction ids: one it has after all counts once. */
export function redeliver(
  backend: BillingBackend,
  lost: readonly LostCharge[],
): Promise<UsageReceipt[]> {
  return backend.deliverUsage(lost.map(toDelivery))
}

function toDelivery({ customerId, charge }: LostCharge): UsageDelivery {
  // Only a delivered charge can be lost, and one is delivered only once it has a subscription.
  const { subscriptionId } = charge
  if (subscriptionId === null) throw new Error(`${charge.transactionId} has no subscription.`)
  return {
    ...charge,
    customerId,
    subscriptionId,
    transactionId: transactionId(charge.transactionId),
    amount: credits(charge.amount),
  }
}
