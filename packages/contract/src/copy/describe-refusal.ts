import type { BillingError } from '../billing-error.ts'
import type { Words } from './words.ts'

/** A refusal; for a kind that only newer servers know, just its message. */
type Refusal = BillingError | { kind: 'unknown'; message: string }

/** What was refused and why; `uncharged` where it is certain that nothing was charged. */
export function describeRefusal(
  refusal: Refusal,
  { t, f }: Words,
  /** The plan that includes the feature of a refusal; null when there is none or it is not known. */
  planName: string | null,
): { title: string; text: string; uncharged: boolean } {
  switch (refusal.kind) {
    case 'insufficient_credits': {
      const { meter, required, availableBalance, resetsAt } = refusal
      const { title, text, resets, neverResets } = t.refusal.insufficient_credits
      return {
        title: title(t.meter.units(f, meter, 0)),
        text: `${text(f, { cost: t.cost.fixed(f, meter, required), available: availableBalance })} ${resetsAt ? resets(f, resetsAt) : neverResets}`,
        uncharged: true,
      }
    }
    case 'spend_cap': {
      const { title, text } = t.refusal.spend_cap
      const units = t.meter.units(f, refusal.meter, refusal.cap)
      return { title, text: text(f, { ...refusal, units }), uncharged: true }
    }
    case 'limit': {
      const { title, text } = t.refusal.limit
      const units = t.meter.units(f, refusal.meter, refusal.amount)
      return {
        title: title(refusal.subject.kind),
        text: text(f, { ...refusal, units }),
        uncharged: true,
      }
    }
    case 'not_in_plan': {
      const { title, text } = t.refusal.not_in_plan
      return { title, text: text(t.feature(refusal.feature), planName), uncharged: true }
    }
    case 'not_permitted':
      return { ...t.refusal.not_permitted[refusal.needs], uncharged: true }
    case 'rate_limited': {
      const { title, text } = t.refusal.rate_limited
      return { title, text: text(f, Math.ceil(refusal.retryAfterMs / 1000)), uncharged: true }
    }
    case 'account_changed':
    case 'billing_unavailable':
    case 'hold_expired':
      return { ...t.refusal[refusal.kind], uncharged: true }
    case 'key_missing':
    case 'key_invalid':
    case 'key_reused':
      return { ...t.refusal.key, uncharged: true }
    case 'not_signed_in':
    case 'in_progress':
    case 'outcome_unknown':
    case 'result_gone':
      return { ...t.refusal[refusal.kind], uncharged: false }
    case 'unknown':
      return { title: t.refusal.unknown.title, text: refusal.message, uncharged: false }
  }
}
