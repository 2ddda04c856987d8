import { context, propagation } from '@opentelemetry/api'
import type { Fetch } from '@tollgate/http'
import { inSpan } from '@tollgate/metering'

/** Answers every request in the span `http`, which continues the trace of a caller that sends `traceparent`. */
export function traceRequests(handle: Fetch): Fetch {
  return (request, env) =>
    context.with(propagation.extract(context.active(), request.headers, HEADERS), () =>
      inSpan('http', () => handle(request, env), { 'http.request.method': request.method }),
    )
}

const HEADERS = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: (headers: Headers) => [...headers.keys()],
}
