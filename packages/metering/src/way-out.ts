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

/** The way out of an application that says no more than where its plans are. */
export function wayOutTo(plansUrl: string): (ended: WayOutQuestion) => WayOut {
  return ({ resetsAt, capped }) => ({
    upgradeUrl: plansUrl,
    actions: [
      // Nothing that can be bought lifts a cap of the customer's own.
      ...(capped ? [] : [{ type: 'plans', url: plansUrl } as const]),
      ...(resetsAt ? [{ type: 'wait', until: resetsAt } as const] : []),
    ],
  })
}
