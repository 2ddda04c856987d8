import { BILLING_ERROR_STATUS, type BillingError, type BillingErrorKind } from '@tollgate/contract'

/** A refusal of a kind that this client does not know because its server is newer. */
export type UnknownBillingError = { kind: 'unknown'; message: string }

/** What billing answered instead of a result; null when the error has another cause. */
export function billingErrorOf(error: unknown): BillingError | UnknownBillingError | null {
  const billing = errorData(error)?.['billing']
  if (!isRecord(billing) || typeof billing['kind'] !== 'string') return null
  if (isBillingErrorLike(billing)) return billing
  const message = billing['message']
  return { kind: 'unknown', message: typeof message === 'string' ? message : 'Billing refused.' }
}

/** A failed call whose `data.billing` gives the reason, of one of these kinds. */
export type BillingFailure<Kind extends BillingErrorKind = BillingErrorKind> = Error & {
  readonly data: { readonly billing: BillingError<Kind> }
}

/**
 * Whether an error is a refusal of a kind this client knows, or of the given kind; narrows it.
 * A kind that only newer servers know is `false` here and `{ kind: 'unknown' }` in `billingErrorOf`.
 * @example if (isBillingError(error, 'insufficient_credits')) show(error.data.billing.resetsAt)
 */
export function isBillingError<Kind extends BillingErrorKind = BillingErrorKind>(
  error: unknown,
  kind?: Kind,
): error is BillingFailure<Kind> {
  const billing = billingErrorOf(error)
  return billing !== null && billing.kind !== 'unknown' && (!kind || billing.kind === kind)
}

/** The HTTP status a call failed with, or null when there was no answer. */
export function httpStatusOf(error: unknown): number | null {
  const status = errorData(error)?.['httpStatus']
  return typeof status === 'number' ? status : null
}

function errorData(error: unknown): Record<string, unknown> | null {
  // Does not check the class: an application may have another copy of tRPC's client than this package.
  if (!(error instanceof Error) || !('data' in error)) return null
  return isRecord(error.data) ? error.data : null
}

function isBillingErrorLike(
  value: Record<string, unknown>,
): value is Record<string, unknown> & BillingError {
  return typeof value['kind'] === 'string' && Object.hasOwn(BILLING_ERROR_STATUS, value['kind'])
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
