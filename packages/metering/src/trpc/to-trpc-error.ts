import type { BillingErrorKind } from '@tollgate/contract'
import { TRPCError } from '@trpc/server'
import { MeteringError } from '../metering-error.ts'

/** tRPC's word for each way billing refuses; its HTTP status is `BILLING_ERROR_STATUS` of the contract. */
export const TRPC_CODE_OF_KIND = {
  not_signed_in: 'UNAUTHORIZED',
  key_missing: 'BAD_REQUEST',
  key_invalid: 'BAD_REQUEST',
  exhausted: 'PAYMENT_REQUIRED',
  spend_cap: 'PAYMENT_REQUIRED',
  not_in_plan: 'FORBIDDEN',
  in_progress: 'CONFLICT',
  hold_expired: 'CONFLICT',
  key_reused: 'UNPROCESSABLE_CONTENT',
  result_gone: 'PRECONDITION_FAILED',
  rate_limited: 'TOO_MANY_REQUESTS',
  billing_unavailable: 'SERVICE_UNAVAILABLE',
  outcome_unknown: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<BillingErrorKind, TRPCError['code']>

/**
 * Turns a `MeteringError` into the `TRPCError` with the right code and the cause kept; anything else comes back as it is.
 *
 * @example
 * throw toTrpcError(error)
 */
export function toTrpcError(error: unknown): unknown {
  if (!(error instanceof MeteringError)) return error
  const code = error.billing ? TRPC_CODE_OF_KIND[error.billing.kind] : 'INTERNAL_SERVER_ERROR'
  return new TRPCError({ code, message: error.message, cause: error })
}
