import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import type { Fetch } from '@tollgate/http'
import { inSpan } from '@tollgate/metering'

/** Polled by machines every few seconds: their traces would only hide the others. */
const UNTRACED = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Handles every request in the span `http`. It continues a trusted caller's `traceparent`; an untrusted caller could choose what is sampled
 * and mix requests into other traces, so its span is only linked.
 */
export function traceRequests(handle: Fetch, options: { trustCallers: boolean }): Fetch {
  return (request, env) => {
    const { pathname: path } = new URL(request.url)
    if (UNTRACED.has(path)) return handle(request, env)
    const caller = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, request.headers, HEADERS))
    const origin = options.trustCallers
      ? { parent: caller }
      : { links: caller ? [{ context: caller }] : [] }
    return inSpan(
      'http',
      async (span) => {
        const response = await handle(request, env)
        span.set(() => ({ 'http.response.status_code': response.status }))
        return response
      },
      {
        kind: 'server',
        attributes: { 'http.request.method': request.method, 'url.path': path },
        ...origin,
      },
    )
  }
}

const HEADERS = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: (headers: Headers) => [...headers.keys()],
}
