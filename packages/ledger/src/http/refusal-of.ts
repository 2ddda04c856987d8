import { isUnavailable } from '@tollgate/database'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { LedgerError } from '../core/ledger-error.ts'

/** Translates an error into the refusal to answer with; null for an unexpected one, whose message must not leak. */
export function refusalOf(error: unknown): LedgerError | null {
  if (error instanceof LedgerError) return error
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(
      ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
    )
    return new LedgerError('BAD_REQUEST', issues.join('; '))
  }
  if (error instanceof HTTPException && error.status < 500) {
    return new LedgerError('BAD_REQUEST', error.message)
  }
  return isUnavailable(error)
    ? new LedgerError('UNAVAILABLE', 'The database is unavailable.')
    : null
}
