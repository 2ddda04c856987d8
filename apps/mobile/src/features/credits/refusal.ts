import type { BillingAction, BillingError, UnknownBillingError } from '@tollgate/client'
import { describeRefusal } from '@tollgate/contract/copy'
import { copy } from '../../copy.ts'

/** What billing answered instead of a result. */
export type Refusal = BillingError | UnknownBillingError

/** What was refused, why, and whether it is certain that nothing was charged. */
export function explain(refusal: Refusal): { title: string; text: string } {
  const { title, text, uncharged } = describeRefusal(refusal, copy, null)
  return { title, text: uncharged ? `${text} ${copy.t.receipt.notCharged}` : text }
}

/** The actions that the server offers; this app never makes one up. */
export function actionsOf(refusal: Refusal): BillingAction[] {
  return 'actions' in refusal ? refusal.actions : []
}

/** Whether the person has run into the end of credits or plan, which has a screen of its own. */
export function endsCredits(refusal: Refusal): boolean {
  return refusal.kind === 'insufficient_credits' || refusal.kind === 'not_in_plan'
}
