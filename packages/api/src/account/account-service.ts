import type { BillingCustomer } from '@tollgate/contract'

/** Whose account is meant: a person's own, or the organization that it acts for. */
export type AccountOwner = {
  customer: BillingCustomer
  userId: string
  organizationId: string | null
}

/** What deleting an account would mean. */
export type Deletion = {
  /** Why it cannot be deleted now; null when it can. */
  blockedBy: 'plan' | 'checkout' | 'organizations' | null
  /** Organizations that would be left without an owner. */
  organizations: string[]
  /** Credits that were paid for or given for good, which are lost. */
  lost: { meter: string; amount: number }[]
}

/** Deleting the account that pays. */
export type AccountService = {
  /** What would be lost, and whether something has to be ended first. */
  deletion(owner: AccountOwner): Promise<Deletion>
  /** Deletes the account unless something is in the way; says what was. */
  delete(owner: AccountOwner): Promise<Deletion>
}
