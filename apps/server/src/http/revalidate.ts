import type { MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'

/** Lets a browser keep an answer and ask whether it still holds: while nothing has changed it is answered 304, without a body. */
export function revalidate(): MiddlewareHandler {
  // Weak, because the same answer also goes out compressed.
  const tag = etag({ weak: true })
  return (c, next) =>
    tag(c, async () => {
      await next()
      if (c.res.ok) c.header('Cache-Control', 'no-cache')
    })
}
