import type { MiddlewareHandler } from 'hono'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a state-changing request that carries cookies from a page that is not ours. A caller without cookies (a phone, a server)
 * proves itself with a token no page can steal by being visited, so it needs no origin.
 */
export function originGuard(options: { allowedOrigins: readonly string[] }): MiddlewareHandler {
  return async function originGuard(c, next) {
    const carriesCookies = c.req.header('cookie') !== undefined
    if (SAFE_METHODS.has(c.req.method) || !carriesCookies) return next()
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    const foreign =
      origin === undefined
        ? site === 'cross-site' || site === 'same-site'
        : !options.allowedOrigins.includes(origin)
    if (foreign)
      return c.json({ error: 'foreign_origin', message: 'This page may not call us.' }, 403)
    return next()
  }
}
