import type { BillingCustomer } from '@tollgate/contract'

/** The account in question: a person's own, or the organization that the person acts for. */
export type AccountOwner = {
  customer: BillingCustomer
  userId: string
  organizationId: string | null
}

/** What deleting an account would entail. */
export type Deletion = {
  /** What prevents deletion now; null when nothing does. */
  blockedBy: 'plan' | 'checkout' | 'organizations' | null
  /** Organizations that would be left without an owner. */
  organizations: string[]
  /** Credits that were paid for or granted permanently, and would be lost. */
  lost: { meter: string; amount: number }[]
}

/** Deletes the accounts that pay. */
export type AccountService = {
  /** What would be lost, and whether something has to be ended first. */
  deletion(owner: AccountOwner): Promise<Deletion>
  /** Deletes the account unless something prevents it; returns what does. */
  delete(owner: AccountOwner): Promise<Deletion>
}
