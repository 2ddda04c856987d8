import { BILLING_ERROR_STATUS } from '@tollgate/contract'
import { billingErrorOf } from './billing-error-of.ts'
import { retryAfterSeconds } from './retry-after-seconds.ts'

/**
 * A billing refusal as a plain HTTP response, with its fields at the top level of the body, for routes without tRPC; null for any other
 * error.
 *
 * @example
 * app.onError((error, c) => toResponse(error) ?? c.json({ error: 'internal' }, 500))
 */
export function toResponse(error: unknown): Response | null {
  const billing = billingErrorOf(error)
  if (!billing) return null
  const seconds = retryAfterSeconds(billing)
  return Response.json(
    { error: billing.kind, ...billing },
    {
      status: BILLING_ERROR_STATUS[billing.kind],
      headers: seconds === null ? {} : { 'Retry-After': String(seconds) },
    },
  )
}
