import type { RequestEnv } from '@tollgate/http'
import type { MiddlewareHandler } from 'hono'
import type { RequestCheck } from './request-check.ts'

/** Runs the checks in order and answers with the first refusal. */
export function checkRequests(checks: readonly RequestCheck[]): MiddlewareHandler<{
  Bindings: RequestEnv
}> {
  return async function checkRequests(c, next) {
    const { req } = c
    const request = {
      method: req.method,
      path: req.path,
      url: req.url,
      header: (name: string) => req.header(name),
      body: bodyOf(c.env),
    }
    for (const check of checks) {
      const refusal = check(request)
      if (refusal) return refusal
    }
    return next()
  }
}

/** Applies a check only to paths with one of these prefixes. */
export function below(prefixes: readonly string[], check: RequestCheck): RequestCheck {
  return (request) =>
    prefixes.some((prefix) => request.path.startsWith(prefix)) ? check(request) : null
}

/** The listener has already read the body. */
function bodyOf({ incoming }: RequestEnv): Buffer | null {
  return 'rawBody' in incoming && Buffer.isBuffer(incoming.rawBody) ? incoming.rawBody : null
}
