import { BILLING_ERROR_STATUS } from '@tollgate/contract'
import { billingErrorOf } from './billing-error-of.ts'

/**
 * A refusal of billing as a plain HTTP answer, its fields flat in the body, for routes without tRPC; null for any other error.
 *
 * @example
 * app.onError((error, c) => toResponse(error) ?? c.json({ error: 'internal' }, 500))
 */
export function toResponse(error: unknown): Response | null {
  const billing = billingErrorOf(error)
  if (!billing) return null
  const headers =
    'retryAfterMs' in billing
      ? { 'Retry-After': String(Math.max(1, Math.ceil(billing.retryAfterMs / 1000))) }
      : {}
  const body = { error: billing.kind, ...billing }
  return Response.json(body, { status: BILLING_ERROR_STATUS[billing.kind], headers })
}
