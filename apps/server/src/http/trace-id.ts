import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'

const TRACE_HEADER = 'X-Trace-Id'

/** Gives every answer an id of ours to find it by in the logs; a caller's `X-Request-Id` means something else here. */
export function traceId(): MiddlewareHandler<{ Variables: { traceId: string } }> {
  return async function traceId(c, next) {
    const id = randomUUID()
    c.set('traceId', id)
    await next()
    c.header(TRACE_HEADER, id)
  }
}
