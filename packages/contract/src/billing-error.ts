/** What a person can do next; ordered, the first is the primary one. The server leaves out what does not apply. */
export type BillingAction =
  | { type: 'checkout'; priceSlug: string; label: string; amount: number; currency: string }
  | { type: 'plans'; url: string }
  | { type: 'wait'; until: string }
  | { type: 'sign_in'; url: string }
  | { type: 'raise_cap'; url: string }

type Told = { message: string }

/** Not signed in (401). */
export type NotSignedInError = Told & { kind: 'not_signed_in'; actions: BillingAction[] }
/** A billed call without an operation key (400). */
export type KeyMissingError = Told & { kind: 'key_missing' }
/** An operation key of the wrong shape (400). */
export type KeyInvalidError = Told & { kind: 'key_invalid' }
/** The balance does not cover the call (402). */
export type ExhaustedError = Told & {
  kind: 'exhausted'
  error: 'insufficient_credits'
  meter: string
  required: number
  availableBalance: number
  upgradeUrl: string
  resetsAt: string | null
  actions: BillingAction[]
  charged: false
}
/** The call would pass what the customer allowed itself to spend this month (402). */
export type SpendCapError = Told & {
  kind: 'spend_cap'
  meter: string
  required: number
  /** What the customer has set. */
  cap: number
  /** What of it is neither spent nor set aside. */
  left: number
  /** When the next month begins. */
  resetsAt: string
  actions: BillingAction[]
  charged: false
}
/** The plan does not include this (403). */
export type NotInPlanError = Told & {
  kind: 'not_in_plan'
  feature: string
  upgradeUrl: string
  actions: BillingAction[]
}
/** The same operation is still running (409). */
export type InProgressError = Told & { kind: 'in_progress'; retryAfterMs: number }
/** The hold ran out before the work did and the credits went elsewhere; the result was discarded (409). */
export type HoldExpiredError = Told & { kind: 'hold_expired'; charged: false }
/** The key was used before with other input (422). */
export type KeyReusedError = Told & { kind: 'key_reused'; firstSeenAt: string }
/** The operation was charged and done, but its stored result is past its keeping time (412). */
export type ResultGoneError = Told & { kind: 'result_gone'; operationId: string }
/** Too many calls (429). */
export type RateLimitedError = Told & { kind: 'rate_limited'; retryAfterMs: number }
/** Billing cannot answer now and the procedure is closed meanwhile (503). */
export type BillingUnavailableError = Told & { kind: 'billing_unavailable'; retryAfterMs: number }
/** Whether the charge happened is not known yet; the same key finds out (503). */
export type OutcomeUnknownError = Told & { kind: 'outcome_unknown'; retryAfterMs: number }

/** Everything billing can answer instead of a result, in `error.data.billing`; switch on `kind`. */
export type BillingError =
  | NotSignedInError
  | KeyMissingError
  | KeyInvalidError
  | ExhaustedError
  | SpendCapError
  | NotInPlanError
  | InProgressError
  | HoldExpiredError
  | KeyReusedError
  | ResultGoneError
  | RateLimitedError
  | BillingUnavailableError
  | OutcomeUnknownError

/** What a refusal can be, as `kind` says it. */
export type BillingErrorKind = BillingError['kind']

/** Every kind with its HTTP status: the one table that server, client and documents share. */
export const BILLING_ERROR_STATUS = {
  not_signed_in: 401,
  key_missing: 400,
  key_invalid: 400,
  exhausted: 402,
  spend_cap: 402,
  not_in_plan: 403,
  in_progress: 409,
  hold_expired: 409,
  key_reused: 422,
  result_gone: 412,
  rate_limited: 429,
  billing_unavailable: 503,
  outcome_unknown: 503,
} as const satisfies Record<BillingErrorKind, number>
