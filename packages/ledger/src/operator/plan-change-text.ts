import type { PlanChangeOutcome } from '../core/schemas/operator.ts'
import { instantText } from './instant-text.ts'

/** Describes the outcome of a change of plan. */
export function planChangeText(change: PlanChangeOutcome): string {
  switch (change.outcome) {
    case 'changed':
      return 'The plan has changed.'
    case 'scheduled':
      return `The plan changes at ${instantText(change.effectiveAt)}.`
    case 'payment_failed':
      return 'The payment failed; the customer keeps their plan.'
    case 'checkout':
      return `The customer has no payment method and pays here: ${change.url}`
  }
}
