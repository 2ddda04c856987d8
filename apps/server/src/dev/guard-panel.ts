import type { MiddlewareHandler } from 'hono'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The panel acts as anybody, so only a page of this machine may use it: the name it is asked by must be loopback (a foreign name that
 * leads here is somebody's trick), and what changes something must come from the panel itself.
 */
export function guardPanel(): MiddlewareHandler {
  return async function guardPanel(c, next) {
    const url = new URL(c.req.url)
    const origin = c.req.header('origin')
    const foreign = origin !== undefined && origin !== url.origin
    const posted = c.req.method === 'POST'
    const json = c.req.header('content-type')?.startsWith('application/json') ?? false
    if (!LOOPBACK.has(url.hostname) || foreign || (posted && (origin === undefined || !json))) {
      return c.json(
        { error: 'The panel answers its own page on this machine, and nobody else.' },
        403,
      )
    }
    return next()
  }
}
