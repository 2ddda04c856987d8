import type { Guard } from './guard.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a state-changing request that carries cookies from a page that is not ours. A caller without cookies (a phone, a server)
 * proves itself with a token no page can steal by being visited, so it needs no origin.
 */
export function originGuard(options: { allowedOrigins: readonly string[] }): Guard {
  return ({ method, header }) => {
    if (SAFE_METHODS.has(method) || header('cookie') === undefined) return null
    const origin = header('origin')
    const site = header('sec-fetch-site')
    const foreign =
      origin === undefined
        ? site === 'cross-site' || site === 'same-site'
        : !options.allowedOrigins.includes(origin)
    return foreign ? FOREIGN : null
  }
}

const FOREIGN = {
  status: 403,
  error: 'foreign_origin',
  message: 'This page may not call us.',
} as const
