import type { BillingAction, BillingError, UnknownBillingError } from '@tollgate/client'
import { describeRefusal } from '@tollgate/contract/copy'
import { copy } from '../../copy.ts'

/** A refusal by billing. */
export type Refusal = BillingError | UnknownBillingError

/** What a member asks the payer for. */
export type Asked = { kind: 'purchase' | 'raise_limit'; meter: string | null }

/** What was refused, why, and whether it is certain that nothing was charged. */
export function explain(refusal: Refusal): { title: string; text: string } {
  const { title, text, uncharged } = describeRefusal(refusal, copy, null)
  return { title, text: uncharged ? `${text} ${copy.t.receipt.notCharged}` : text }
}

/** The actions that the server offers; this app never invents any. */
export function actionsOf(refusal: Refusal): BillingAction[] {
  return 'actions' in refusal ? refusal.actions : []
}

/** Whether credits, plan or a limit are insufficient, which has its own screen. */
export function endsCredits(refusal: Refusal): boolean {
  return ENDS.has(refusal.kind)
}

const ENDS: ReadonlySet<Refusal['kind']> = new Set([
  'insufficient_credits',
  'not_in_plan',
  'spend_cap',
  'limit',
])

/** What the payer can be asked for: credits, or a higher limit if a limit was reached. */
export function askedOf(refusal: Refusal): Asked {
  const meter = 'meter' in refusal ? refusal.meter : null
  return { kind: refusal.kind === 'limit' ? 'raise_limit' : 'purchase', meter }
}
