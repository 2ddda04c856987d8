import {
  type BillingBackend,
  credits,
  transactionId,
  type UsageDelivery,
  type UsageReceipt,
} from '@tollgate/contract'
import type { DriftedEvent } from './drifted-event.ts'

/** A charge that the backend lost. */
export type LostCharge = Extract<DriftedEvent, { kind: 'missing_at_backend' }>

/** Redelivers charges that the backend lost, under their original transaction ids: one that it has after all still counts once. */
export function redeliver(
  backend: BillingBackend,
  lost: readonly LostCharge[],
): Promise<UsageReceipt[]> {
  return backend.deliverUsage(lost.map(toDelivery))
}

function toDelivery({ customerId, charge }: LostCharge): UsageDelivery {
  // Only delivered charges can be lost, and delivery requires a subscription.
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
