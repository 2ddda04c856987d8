import type { MeteringError } from '@tollgate/metering'
import { TRPCError } from '@trpc/server'

/**
 * Gives a `MeteringError` tRPC's code for it and keeps it as the cause. Faults that only the operator can fix become
 * `INTERNAL_SERVER_ERROR`, whose message an `errorFormatter` has to mask.
 *
 * @example
 * if (error instanceof MeteringError) throw toTrpcError(error)
 */
export function toTrpcError(error: MeteringError): TRPCError {
  return new TRPCError({ code: TRPC_CODE[error.code], message: error.message, cause: error })
}

/** The HTTP status of what billing refuses is `BILLING_ERROR_STATUS` of the contract. */
const TRPC_CODE = {
  not_signed_in: 'UNAUTHORIZED',
  key_missing: 'BAD_REQUEST',
  key_invalid: 'BAD_REQUEST',
  insufficient_credits: 'PAYMENT_REQUIRED',
  spend_cap: 'PAYMENT_REQUIRED',
  not_in_plan: 'FORBIDDEN',
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
