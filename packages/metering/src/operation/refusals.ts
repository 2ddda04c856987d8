import {
  type BillingAction,
  type BillingError,
  type CustomerBilling,
  OPERATION_KEY_HEADER,
} from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { InsufficientCreditsError } from '../insufficient-credits-error.ts'
import { MeteringError } from '../metering-error.ts'

// Every refusal that a client can see is made here, except those of `limitReached`.

/** 402 with the required and available credits, the quota reset and the actions. */
export function insufficientCredits(
  context: RefusalContext,
  short: {
    billing: CustomerBilling | null
    meter: string
    required: number
    available: number
  },
): MeteringError {
  const { billing, meter, required, available } = short
  const plan = planOf(billing)
  const { resetsAt } = plan
  return new InsufficientCreditsError({
    kind: 'insufficient_credits',
    error: 'insufficient_credits',
    message: `This needs ${required} of ${meter}, and ${available} are left.`,
    meter,
    required,
    availableBalance: available,
    upgradeUrl: context.plansUrl,
    resetsAt,
    actions: context.refusalActions({ meter, ...plan }),
    charged: false,
  })
}

/** 403: the plan does not include the feature. */
export function notInPlan(
  context: RefusalContext,
  missing: { billing: CustomerBilling | null; feature: string },
): MeteringError {
  const { feature } = missing
  return new MeteringError({
    kind: 'not_in_plan',
    message: `Your plan does not include ${feature}.`,
    feature,
    upgradeUrl: context.plansUrl,
    actions: context.refusalActions({ feature, ...planOf(missing.billing) }),
  })
}

/** What a refusal is made from. */
export type RefusalContext = Pick<MeteringContext, 'plansUrl' | 'refusalActions'>

function planOf(billing: CustomerBilling | null) {
  const subscription = billing?.subscription
  return {
    isFree: subscription?.isFree ?? true,
    resetsAt: subscription?.periodEnd ?? null,
    pastDue: subscription?.status === 'past_due',
  }
}

/** 503: billing is unavailable. */
export function billingUnavailable(retryAfterMs: number, cause?: unknown): MeteringError {
  return new MeteringError(
    {
      kind: 'billing_unavailable',
      message:
        'Billing is temporarily unavailable. Nothing was charged; try again with the same operation key.',
      retryAfterMs,
    },
    { cause },
  )
}

/** 503: it is not yet known whether the charge happened. */
export function outcomeUnknown(retryAfterMs: number, cause: unknown): MeteringError {
  return new MeteringError(
    {
      kind: 'outcome_unknown',
      message:
        'Whether this was charged is not known yet. Ask again with the same operation key: it is never charged twice.',
      retryAfterMs,
    },
    { cause },
  )
}

/** 409: the same operation is still running. */
export function inProgress(retryAfterMs: number): MeteringError {
  const message =
    'This operation is still running. Ask again with the same operation key in a moment.'
  return new MeteringError({ kind: 'in_progress', message, retryAfterMs })
}

/** 422: the key was used before with other input. */
export function keyReused(firstSeenAt: string): MeteringError {
  const message =
    'This operation key was used before with other input. Mint a fresh key per intent and keep it across retries only.'
  return new MeteringError({
    kind: 'key_reused',
    message,
    firstSeenAt: new Date(firstSeenAt).toISOString(),
  })
}

/** 412: done and charged, but the stored result has been purged. */
export function resultGone(operationId: string): MeteringError {
  const message =
    'This operation was done and charged earlier, and its result is no longer kept. It was not run again.'
  return new MeteringError({ kind: 'result_gone', message, operationId })
}

/** 409: the hold expired before the work ended; the result is withheld and nothing is charged. */
export function holdExpired(): MeteringError {
  const message =
    'The hold of this operation ran out before it was done, so its result was discarded and not charged.'
  return new MeteringError({ kind: 'hold_expired', message, charged: false })
}

/** 400: a billed call without an operation key. */
export function keyMissing(): MeteringError {
  return new MeteringError({
    kind: 'key_missing',
    message:
      `This call costs credits and needs an operation key. Send the header ${OPERATION_KEY_HEADER} with a fresh UUID per ` +
      'intent and the same one on every retry; in a batch, one per call, comma-separated, by index.',
  })
}

/** 400: a malformed operation key. */
export function keyInvalid(): MeteringError {
  return new MeteringError({
    kind: 'key_invalid',
    message: `The operation key in ${OPERATION_KEY_HEADER} must be 16–64 of A-Z a-z 0-9 _ -; a UUID fits.`,
  })
}

/** 401: the caller is not signed in; `actions` say where to sign in. */
export function notSignedIn(actions: BillingAction[]): MeteringError {
  const message = 'Sign in or continue as a guest to do this.'
  return new MeteringError({ kind: 'not_signed_in', message, actions })
}

const NOT_PERMITTED = {
  membership:
    'You are no longer a member of this organization. Switch to your own account or to another organization.',
  spending:
    'A viewer may not spend the credits of this organization. An owner can change your role.',
  buying: 'Only those who pay for this account may see and change its billing. Ask an owner.',
} as const

/** 403: the user's permissions for this customer do not include this. */
export function notPermitted(needs: BillingError<'not_permitted'>['needs']): MeteringError {
  return new MeteringError({
    kind: 'not_permitted',
    message: NOT_PERMITTED[needs],
    needs,
    actions: [],
  })
}

/** 409: the session now acts for a different account than the one the window shows. */
export function accountChanged(): MeteringError {
  return new MeteringError({
    kind: 'account_changed',
    message:
      'Your session acts for another account now: it was switched elsewhere. Nothing ran and nothing was charged. Read the session again to go on.',
    charged: false,
  })
}

/** 401: the API key of a call is no longer valid, or never was. */
export function apiKeyRefused(reason: keyof typeof API_KEY_REFUSALS): MeteringError {
  const message = API_KEY_REFUSALS[reason]
  return new MeteringError({ kind: 'not_signed_in', message, actions: [] })
}

const API_KEY_REFUSALS = {
  unknown: 'There is no such API key. Check that all of it was copied, or create another one.',
  expired: 'This API key has expired. Create another one.',
  revoked: 'This API key was revoked. Create another one.',
} as const

/** 401: the run of a call has ended, or never existed. */
export function runRefused(reason: keyof typeof RUN_REFUSALS): MeteringError {
  const message = RUN_REFUSALS[reason]
  return new MeteringError({ kind: 'not_signed_in', message, actions: [] })
}

const RUN_REFUSALS = {
  unknown: 'There is no such run. Check that all of its token was copied, or start another one.',
  expired: 'This run has expired. Start another one.',
  ended:
    'This run has ended, or a run above it, or its API key was revoked. Start another one with a key.',
} as const

/** 429: too many calls by one customer. */
export function rateLimited(retryAfterMs: number): MeteringError {
  const seconds = Math.ceil(retryAfterMs / 1000)
  const message = `Too many calls; try again in ${seconds} s.`
  return new MeteringError({ kind: 'rate_limited', message, retryAfterMs })
}
