import { isUnavailable } from '@tollgate/database'

/** Every error outside tRPC, with its status and message; tRPC's own errors are translated by `toTrpcError`. */
const ERRORS = {
  bad_request: [400, 'This is not a valid HTTP request.'],
  not_signed_in: [401, 'Sign in to see what you paid for.'],
  foreign_origin: [403, 'This page may not call us.'],
  not_found: [404, 'There is nothing here.'],
  result_gone: [410, 'This result is no longer kept.'],
  too_large: [413, 'The request is too large.'],
  unsupported_media_type: [415, 'Send application/json.'],
  rate_limited: [429, 'Too many requests. Try again in a moment.'],
  internal: [500, 'Something went wrong on our side.'],
  busy: [503, 'Too many calls at the moment. Try again in a second.'],
  unavailable: [503, 'The service is temporarily unavailable. Try again in a second.'],
} as const

/** The `Retry-After` of an overloaded server or an unavailable database. */
export const RETRY_MS = 1000

/** An error as JSON, with `Retry-After` if retrying helps. */
export function errorResponse(
  error: keyof typeof ERRORS,
  options: { message?: string; retryAfterMs?: number } = {},
): Response {
  const [status, standard] = ERRORS[error]
  const { message = standard, retryAfterMs = status === 503 ? RETRY_MS : null } = options
  const headers = new Headers()
  if (retryAfterMs !== null) headers.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)))
  const code = error === 'unavailable' ? { code: 'UNAVAILABLE' } : {}
  return Response.json({ error, ...code, message }, { status, headers })
}

/** Whether the error, or one of its causes, is that the database is unavailable. */
export function isOutage(error: unknown): boolean {
  return isUnavailable(error) || (error instanceof Error && isUnavailable(error.cause))
}
