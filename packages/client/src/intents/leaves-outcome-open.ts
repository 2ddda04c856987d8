import { billingErrorOf, httpStatusOf } from '../billing-error-of.ts'
import type { Intent } from './intent.ts'

/**
 * The rotation rule: whether an operation key must be kept after a failure. A key is given up only when an
 * answer proves the outcome of the operation; time alone never does.
 *
 * 1. An answer about the operation itself ends it: 402, 422, 412, an expired hold.
 * 2. No answer, 5xx, "still running", "outcome unknown" and "billing unavailable" prove nothing.
 * 3. Any other refusal (not signed in, too many calls, not in the plan, bad input) is returned before the server
 *    looks the key up. It ends a first attempt, but proves nothing about an `earlier` one whose answer was lost.
 */
export function leavesOutcomeOpen(error: unknown, earlier: Intent['state'] = 'sent'): boolean {
  const kind = billingErrorOf(error)?.kind
  switch (kind) {
    case 'insufficient_credits':
    case 'spend_cap':
    case 'limit':
    case 'key_reused':
    case 'result_gone':
    case 'hold_expired':
    case 'key_missing':
    case 'key_invalid':
      return false
    case 'in_progress':
    case 'outcome_unknown':
    case 'billing_unavailable':
      return true
    case 'not_signed_in':
    case 'not_in_plan':
    case 'not_permitted':
    case 'account_changed':
    case 'rate_limited':
      return earlier === 'unknown'
    case 'unknown':
    case undefined:
      break
  }
  const status = httpStatusOf(error)
  const provesNothing = status === null || status >= 500
  return provesNothing || earlier === 'unknown'
}
