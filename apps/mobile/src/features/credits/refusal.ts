import { type BillingAction, type BillingError, type UnknownBillingError } from '@tollgate/client'
import { count } from '../balance/describe-balance.ts'

/** What billing answered instead of a result. */
export type Refusal = BillingError | UnknownBillingError

/** The headline over a refusal; each kind has its own, a kind newer than this app the general one. */
export function headlineOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'insufficient_credits':
      return 'Used up'
    case 'spend_cap':
      return 'Your monthly cap is reached'
    case 'not_in_plan':
      return 'Not in your plan'
    case 'not_signed_in':
      return 'Please sign in again'
    case 'rate_limited':
      return 'Too many calls'
    case 'in_progress':
      return 'Still working on it'
    case 'hold_expired':
      return 'Took too long. You were not charged'
    case 'billing_unavailable':
      return 'Billing is not available right now'
    case 'outcome_unknown':
      return 'Checking what happened'
    case 'result_gone':
      return 'Already done'
    case 'key_missing':
    case 'key_invalid':
    case 'key_reused':
    case 'unknown':
      return 'This could not be done'
  }
}

/** What happened, with numbers where there are some; else the server's own words. */
export function explain(refusal: Refusal): string {
  if (refusal.kind !== 'insufficient_credits') return refusal.message
  const needed = count(refusal.required, refusal.meter)
  return `This needs ${needed}, and ${refusal.availableBalance.toLocaleString()} are left. You were not charged.`
}

/** The actions that the server offers; this app never makes one up. */
export function actionsOf(refusal: Refusal): BillingAction[] {
  return 'actions' in refusal ? refusal.actions : []
}

/** Whether the person has run into the end of credits or plan, which has a screen of its own. */
export function endsCredits(refusal: Refusal): boolean {
  return refusal.kind === 'insufficient_credits' || refusal.kind === 'not_in_plan'
}
