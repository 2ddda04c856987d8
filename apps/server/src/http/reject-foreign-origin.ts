import { errorResponse } from './error-response.ts'
import type { RequestCheck } from './request-check.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a state-changing request that carries cookies from a page that is not ours. A caller without cookies (a phone, a server)
 * proves itself with a token no page can steal by being visited, so it needs no origin.
 */
export function rejectForeignOrigin(allowedOrigins: readonly string[]): RequestCheck {
  return ({ method, header }) => {
    if (SAFE_METHODS.has(method) || header('cookie') === undefined) return null
    const origin = header('origin')
    const site = header('sec-fetch-site')
    const foreign =
      origin === undefined
        ? site === 'cross-site' || site === 'same-site'
        : !allowedOrigins.includes(origin)
    return foreign ? errorResponse('foreign_origin') : null
  }
}
