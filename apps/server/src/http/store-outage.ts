import { type Database, isUnavailable } from '@tollgate/database'

/** How long a caller waits before the database is tried again. */
export const OUTAGE_RETRY_MS = 1000

/** Tells an outage of the database from every other failure. */
export type StoreOutage = {
  /** Whether this failure came from a database that is away; asks the database when the error does not say. */
  explains(failure: unknown): Promise<boolean>
}

/** Libraries hide the error they met behind one of their own, so what it does not say is asked of the database itself. */
export function createStoreOutage(options: { database: Database }): StoreOutage {
  let asking: Promise<boolean> | null = null

  async function isAway(): Promise<boolean> {
    try {
      await options.database.query({ name: 'store-outage', text: 'select 1 as present' })
      return false
    } catch (error) {
      return isUnavailable(error)
    }
  }

  return {
    async explains(failure) {
      if (isUnavailable(failure)) return true
      if (failure instanceof Error && isUnavailable(failure.cause)) return true
      // A burst of failures asks once.
      asking ??= isAway().finally(() => (asking = null))
      return asking
    },
  }
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
