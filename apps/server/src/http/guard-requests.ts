import type { RequestEnv } from '@tollgate/http'
import type { MiddlewareHandler } from 'hono'
import type { Guard } from './guard.ts'

/** Asks every guard in turn and answers with the first refusal. */
export function guardRequests(guards: readonly Guard[]): MiddlewareHandler<{
  Bindings: RequestEnv
}> {
  return async function guardRequests(c, next) {
    const { req } = c
    const request = {
      method: req.method,
      path: req.path,
      url: req.url,
      header: (name: string) => req.header(name),
      body: bodyOf(c.env),
    }
    for (const guard of guards) {
      const refusal = guard(request)
      if (refusal) {
        return c.json({ error: refusal.error, message: refusal.message }, refusal.status)
      }
    }
    return next()
  }
}

/** Applies a guard below some paths only. */
export function below(prefixes: readonly string[], guard: Guard): Guard {
  return (request) =>
    prefixes.some((prefix) => request.path.startsWith(prefix)) ? guard(request) : null
}

/** The listener has read it before the request came here. */
function bodyOf({ incoming }: RequestEnv): Buffer | null {
  return 'rawBody' in incoming && Buffer.isBuffer(incoming.rawBody) ? incoming.rawBody : null
}
