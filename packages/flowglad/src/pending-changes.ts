import type { CustomerId } from '@tollgate/contract'
import { FlowgladFailure } from './flowglad-failure.ts'

/**
 * Keeps a customer's plan changes apart. A change whose wait was given up goes on inside Flowglad's SDK, which repeats it by
 * itself: another one meanwhile could be undone by it.
 */
export type PendingChanges = {
  run<T>(customerId: CustomerId, change: () => Promise<T>): Promise<T>
}

export function createPendingChanges(): PendingChanges {
  const pending = new Set<CustomerId>()
  return {
    async run(customerId, change) {
      if (pending.has(customerId)) {
        throw new FlowgladFailure(
          'unreachable',
          'An earlier change of this plan is still under way at Flowglad.',
          { retryAfterMs: RETRY_MS },
        )
      }
      pending.add(customerId)
      try {
        return await change()
      } finally {
        pending.delete(customerId)
      }
    },
  }
}

/** A card is charged in seconds; only one that stays silent takes longer. */
const RETRY_MS = 5000
