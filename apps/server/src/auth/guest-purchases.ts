import { type BillingBackend, type BillingCustomer, ownsAnything } from '@tollgate/contract'
import type { HandOverOutcome, Metering } from '@tollgate/metering'

/** What sign-in needs to know about a guest's customer. */
export type GuestPurchases = {
  /**
   * Whether the customer owns or may be paying for something that outlives a guest: payments, a paid plan, credits that do not expire, an
   * open checkout.
   */
  exist(customer: BillingCustomer): Promise<boolean>
  /** Moves them to an account's customer; absent if the backend cannot. */
  move?: (from: BillingCustomer, to: BillingCustomer) => Promise<HandOverOutcome>
}

/** Asks the billing backend, because a payment made a second ago counts. */
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
          // A new key per attempt: the backend moves whatever is left, so repeating it is harmless.
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
