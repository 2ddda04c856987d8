import { type BillingBackend, type BillingCustomer, ownsAnything } from '@tollgate/contract'
import type { HandOverOutcome, Metering } from '@tollgate/metering'

/** What sign-in asks about the customer behind a guest. */
export type GuestPurchases = {
  /** Whether the customer owns something that outlives a guest, or may be paying for it: payments, a paid plan, lasting credits, an open checkout. */
  exist(customer: BillingCustomer): Promise<boolean>
  /** Moves them to an account's customer; absent where the backend cannot. */
  move?: (from: BillingCustomer, to: BillingCustomer) => Promise<HandOverOutcome>
}

/** Asks the billing backend, because what was paid a second ago counts. */
export function createGuestPurchases(options: {
  backend: BillingBackend
  metering: Metering
  newId: () => string
}): GuestPurchases {
  const { backend, metering, newId } = options
  const { moveCustomer } = backend
  return {
    exist: async (customer) => ownsAnything(await backend.customerHoldings(customer)),
    ...(moveCustomer
      ? {
          // A new key for each attempt: the backend moves what is there, so a repeated move finds nothing left.
          move: (from, to) =>
            metering.handOver({
              from,
              to,
              move: (signal) => moveCustomer(from, to, newId(), { signal }),
            }),
        }
      : {}),
  }
}
