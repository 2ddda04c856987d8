import { LedgerError } from '../core/ledger-error.ts'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { readCurrentSubscription } from '../core/subscription-row.ts'

/** A customer with a paid plan changes it by an adjustment, which credits what was already paid. */
export async function refuseSecondPlan(tx: LedgerTransaction): Promise<void> {
  if (await hasPaidPlan(tx)) throw secondPlan()
}

/** Whether a customer has a paid plan in force. */
export async function hasPaidPlan(tx: LedgerTransaction): Promise<boolean> {
  const current = await readCurrentSubscription(tx, tx)
  return current !== null && !current.isFreePlan
}

/** The refusal of a second plan. */
export function secondPlan(): LedgerError {
  return new LedgerError(
    'CONFLICT',
    'The customer has a paid plan already: change it with POST /subscriptions/:id/adjust.',
  )
}
