import { isUnavailable } from '@tollgate/database'

/** How long a caller waits before the database is tried again. */
export const OUTAGE_RETRY_MS = 1000

/** Tells an outage of the database from every other failure, also where it is only the cause of one. */
export function isOutage(failure: unknown): boolean {
  return isUnavailable(failure) || (failure instanceof Error && isUnavailable(failure.cause))
}

/** The answer of every door that is not tRPC's while the database is away. */
export function storeAway(): Response {
  const body = {
    error: 'unavailable',
    code: 'UNAVAILABLE',
    message: 'The service is temporarily unavailable. Try again in a second.',
  }
  return Response.json(body, {
    status: 503,
    headers: { 'Retry-After': String(OUTAGE_RETRY_MS / 1000) },
  })
}
