import type { MiddlewareHandler } from 'hono'

/** Takes only JSON bodies: forms can be posted by any page without asking, and nothing here needs them. */
export function jsonOnly(): MiddlewareHandler {
  return async function jsonOnly(c, next) {
    if (c.req.method !== 'POST') return next()
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type === 'application/json') return next()
    return c.json({ error: 'unsupported_media_type', message: 'Send application/json.' }, 415)
  }
}
