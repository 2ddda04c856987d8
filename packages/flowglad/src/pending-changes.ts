import type { CustomerId } from '@tollgate/contract'
import { FlowgladFailure } from './flowglad-failure.ts'

/**
 * Serializes a customer's plan changes. A change that timed out here continues inside Flowglad's SDK, which retries it by itself, and could
 * then undo a later one.
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

/** Charging a card takes seconds, unless there is no answer. */
const RETRY_MS = 5000
