import type { MiddlewareHandler } from 'hono'
import { LedgerError } from '../core/ledger-error.ts'
import { requireStorable } from './require-storable.ts'

/** Rejects URLs that do not decode, or decode to text that the database cannot store. */
export const rejectMalformedUrl: MiddlewareHandler = async function rejectMalformedUrl(
  context,
  next,
) {
  const { pathname, search } = new URL(context.req.url)
  for (const part of [pathname, search]) requireStorable(decode(part))
  return next()
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw new LedgerError('BAD_REQUEST', 'The URL is not properly percent-encoded.', {
      cause: error,
    })
  }
}
