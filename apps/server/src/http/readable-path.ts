import type { MiddlewareHandler } from 'hono'

/** Turns away paths that nobody can decode: they are the caller's mistake, and whoever decodes them later would call it ours. */
export function readablePath(): MiddlewareHandler {
  return async function readablePath(c, next) {
    try {
      decodeURIComponent(new URL(c.req.url).pathname)
    } catch {
      return c.json({ error: 'bad_request', message: 'The path is not a valid URL path.' }, 400)
    }
    return next()
  }
}
