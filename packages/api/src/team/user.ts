/** The person who acts, for itself or for an organization. */
export type User = {
  id: string
  /** Null for a user who pays for itself. */
  membership: Membership | null
}

/** What a user may do with the credits of an organization. */
export type Membership = {
  organizationId: string
  role: string
  /** Whether the user may buy, change the plan, raise limits and see invoices. */
  mayBuy: boolean
  /** Whether the user may make calls that cost credits. */
  maySpend: boolean
}
