import type { MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'

/** Lets a browser cache a response and revalidate it: while it is unchanged, the answer is 304 without a body. */
export function revalidate(): MiddlewareHandler {
  // Weak, because the same response is also sent compressed.
  const tag = etag({ weak: true })
  return (c, next) =>
    tag(c, async () => {
      await next()
      if (c.res.ok) c.header('Cache-Control', 'no-cache')
    })
}
