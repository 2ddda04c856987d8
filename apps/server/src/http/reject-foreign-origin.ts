import { errorResponse } from './error-response.ts'
import type { RequestCheck } from './request-check.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Protects against CSRF: refuses a state-changing request with cookies from a foreign page. A caller without cookies (a phone, a server)
 * authenticates with a token that no page can make a browser send, so its origin does not matter.
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
