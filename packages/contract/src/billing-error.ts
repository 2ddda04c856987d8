import type { LimitSubject } from './spend-limit.ts'

/** What a person can do next, the primary action first. The server omits actions that do not apply. */
export type BillingAction =
  | { type: 'checkout'; priceSlug: string; label: string; amount: number; currency: string }
  | { type: 'plans'; url: string }
  | { type: 'wait'; until: string }
  | { type: 'sign_in'; url: string }
  | { type: 'raise_cap'; url: string }
  /** The page where an unpaid invoice is paid. */
  | { type: 'pay'; url: string }
  /** The caller may not buy: the page where it can ask the owners of its organization. */
  | { type: 'ask_owner'; url: string }

// A named type per kind: the compiler would instantiate anonymous ones again for every billed procedure of a client.
/** Not signed in (401). */
type NotSignedIn = { kind: 'not_signed_in'; message: string; actions: BillingAction[] }
/** A billed call without an operation key (400). */
type KeyMissing = { kind: 'key_missing'; message: string }
/** A malformed operation key (400). */
type KeyInvalid = { kind: 'key_invalid'; message: string }
/** The balance does not cover the call (402). */
type InsufficientCredits = {
  kind: 'insufficient_credits'
  message: string
  error: 'insufficient_credits'
  meter: string
  required: number
  availableBalance: number
  upgradeUrl: string
  resetsAt: string | null
  actions: BillingAction[]
  charged: false
}
/** The call would exceed the customer's spend cap for this month (402). */
type SpendCap = {
  kind: 'spend_cap'
  message: string
  meter: string
  required: number
  /** The cap that the customer set. */
  cap: number
  /** What remains: neither spent nor held. */
  left: number
  /** When the next month begins. */
  resetsAt: string
  actions: BillingAction[]
  charged: false
}
/** The call would exceed the limit of a subject that spends the customer's credits (402). */
type LimitReached = {
  kind: 'limit'
  message: string
  /** The subject of the limit. */
  subject: LimitSubject
  meter: string
  required: number
  amount: number
  /** What remains: neither spent nor held. */
  left: number
  /** When the next period begins; null for a limit that does not reset. */
  resetsAt: string | null
  /** Who can raise it: the payer or, for the limit of a run, the one who started it. */
  raisedBy: 'customer' | 'starter'
  actions: BillingAction[]
  charged: false
}
/** The plan does not include this (403). */
type NotInPlan = {
  kind: 'not_in_plan'
  message: string
  feature: string
  upgradeUrl: string
  actions: BillingAction[]
}
/** The caller's role in its organization does not allow this, or the caller is no longer a member (403). */
type NotPermitted = {
  kind: 'not_permitted'
  message: string
  /** What is missing: membership in the organization, or the right to spend its credits or to buy for it. */
  needs: 'membership' | 'spending' | 'buying'
  actions: BillingAction[]
}
/** The session now acts for a different account than the caller assumes (409). */
type AccountChanged = { kind: 'account_changed'; message: string; charged: false }
/** The same operation is still running (409). */
type InProgress = { kind: 'in_progress'; message: string; retryAfterMs: number }
/** The hold expired before the work ended and its credits were spent elsewhere; the result was discarded (409). */
type HoldExpired = { kind: 'hold_expired'; message: string; charged: false }
/** The key was already used with different input (422). */
type KeyReused = { kind: 'key_reused'; message: string; firstSeenAt: string }
/** The operation was done and charged, but its result is no longer stored (412). */
type ResultGone = { kind: 'result_gone'; message: string; operationId: string }
/** Too many calls (429). */
type RateLimited = { kind: 'rate_limited'; message: string; retryAfterMs: number }
/** Billing is unavailable, and the procedure is refused meanwhile (503). */
type BillingUnavailable = { kind: 'billing_unavailable'; message: string; retryAfterMs: number }
/** It is not yet known whether the charge happened; a retry with the same key finds out (503). */
type OutcomeUnknown = { kind: 'outcome_unknown'; message: string; retryAfterMs: number }

type Refusal =
  | NotSignedIn
  | KeyMissing
  | KeyInvalid
  | InsufficientCredits
  | SpendCap
  | LimitReached
  | NotInPlan
  | NotPermitted
  | AccountChanged
  | InProgress
  | HoldExpired
  | KeyReused
  | ResultGone
  | RateLimited
  | BillingUnavailable
  | OutcomeUnknown

/** The kinds of refusals. */
export type BillingErrorKind = Refusal['kind']

/** Everything billing can answer instead of a result, in `error.data.billing`; switch on `kind`. */
export type BillingError<Kind extends BillingErrorKind = BillingErrorKind> = Extract<
  Refusal,
  { kind: Kind }
>

/** The HTTP status of every kind; the one table that server, client and documentation share. */
export const BILLING_ERROR_STATUS = {
  not_signed_in: 401,
  key_missing: 400,
  key_invalid: 400,
  insufficient_credits: 402,
  spend_cap: 402,
  limit: 402,
  not_in_plan: 403,
  not_permitted: 403,
  account_changed: 409,
  in_progress: 409,
  hold_expired: 409,
  key_reused: 422,
  result_gone: 412,
  rate_limited: 429,
  billing_unavailable: 503,
  outcome_unknown: 503,
} as const satisfies Record<BillingErrorKind, number>
