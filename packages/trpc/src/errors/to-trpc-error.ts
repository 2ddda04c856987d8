import { BillingBackendError } from '@tollgate/contract'
import { billingUnavailable, MeteringError } from '@tollgate/metering'
import { TRPCError } from '@trpc/server'

/** The retry delay when the backend does not specify one. */
const RETRY_MS = 5000

/**
 * The only place where an error of metering or of the billing backend gets its tRPC code; it remains the cause, even if tRPC has already
 * wrapped it. Any other error is returned unchanged: metering has already classified the failures of its store, and a refused connection
 * to a model looks just like one to a database. Faults that only the operator can fix become `INTERNAL_SERVER_ERROR`, whose message an
 * `errorFormatter` has to mask.
 *
 * @example
 * onError: ({ error }) => logger.warn({ code: toTrpcError(error).code })
 */
export function toTrpcError(error: MeteringError | BillingBackendError | TRPCError): TRPCError
export function toTrpcError(error: unknown): unknown
export function toTrpcError(error: unknown): unknown {
  const isWrapped = error instanceof TRPCError && error.code === 'INTERNAL_SERVER_ERROR'
  const cause = isWrapped ? error.cause : error
  if (cause instanceof MeteringError) {
    return new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause })
  }
  return cause instanceof BillingBackendError ? fromBackend(cause) : error
}

function fromBackend(cause: BillingBackendError): TRPCError {
  switch (cause.code) {
    case 'unreachable':
    case 'unauthorized':
      return toTrpcError(billingUnavailable(cause.retryAfterMs ?? RETRY_MS, cause))
    case 'refused':
      return new TRPCError({
        code: 'BAD_REQUEST',
        message: 'The billing service did not accept this. Reload the page and try again.',
        cause,
      })
    case 'not_found':
      return new TRPCError({ code: 'NOT_FOUND', message: 'There is no such plan or price.', cause })
  }
}

/** The HTTP status of a refusal is in the contract's `BILLING_ERROR_STATUS`. */
const TRPC_CODE = {
  not_signed_in: 'UNAUTHORIZED',
  key_missing: 'BAD_REQUEST',
  key_invalid: 'BAD_REQUEST',
  insufficient_credits: 'PAYMENT_REQUIRED',
  spend_cap: 'PAYMENT_REQUIRED',
  limit: 'PAYMENT_REQUIRED',
  not_in_plan: 'FORBIDDEN',
  not_permitted: 'FORBIDDEN',
  account_changed: 'CONFLICT',
  in_progress: 'CONFLICT',
  hold_expired: 'CONFLICT',
  key_reused: 'UNPROCESSABLE_CONTENT',
  result_gone: 'PRECONDITION_FAILED',
  rate_limited: 'TOO_MANY_REQUESTS',
  billing_unavailable: 'SERVICE_UNAVAILABLE',
  outcome_unknown: 'SERVICE_UNAVAILABLE',
  COST_INVALID: 'INTERNAL_SERVER_ERROR',
  INPUT_NOT_COMPARABLE: 'BAD_REQUEST',
  RESULT_NOT_JSON: 'INTERNAL_SERVER_ERROR',
  RESULT_TOO_LARGE: 'INTERNAL_SERVER_ERROR',
  OPERATION_POISONED: 'INTERNAL_SERVER_ERROR',
  DEADLINE_EXCEEDED: 'GATEWAY_TIMEOUT',
  CALLER_GONE: 'CLIENT_CLOSED_REQUEST',
} as const satisfies Record<MeteringError['code'], TRPCError['code']>
