import type { BillingAction, CustomerBilling } from '@tollgate/contract'

/** What ended: a meter's balance, or what the plan includes. */
export type WayOutQuestion = {
  meter?: string
  feature?: string
  billing: CustomerBilling | null
  resetsAt: string | null
  /** It is the customer's own monthly cap that ended, not its balance. */
  capped?: boolean
}

/** Where a person who was refused can go. */
export type WayOut = { upgradeUrl: string; actions: BillingAction[] }
