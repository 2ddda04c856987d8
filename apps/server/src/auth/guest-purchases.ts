import type { BillingBackend, BillingCustomer } from '@tollgate/contract'

/** What sign-in asks about the customer behind a guest. */
export type GuestPurchases = {
  /** Whether the customer owns something that outlives a guest: a paid plan, or credits that were bought or granted. */
  exist(customer: BillingCustomer): Promise<boolean>
}

/** Asks the billing backend, because what was paid a second ago counts. */
export function createGuestPurchases(options: { backend: BillingBackend }): GuestPurchases {
  return {
    async exist(customer) {
      const { subscription, meters } = await options.backend.readCustomer(customer)
      if (subscription && !subscription.isFree) return true
      return meters.some(({ breakdown }) =>
        breakdown.some(({ source, remaining }) => source !== 'plan' && remaining > 0),
      )
    },
  }
}
