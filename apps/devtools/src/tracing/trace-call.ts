import { context, propagation, trace } from '@opentelemetry/api'

/** Makes a call as the root of a new trace; also returns the trace's id. */
export function traceCall<Result>(
  call: () => Promise<Result>,
): Promise<{ traceId: string; result: Result }> {
  return trace.getTracer('tollgate-devtools').startActiveSpan('call', async (span) => {
    try {
      return { traceId: span.spanContext().traceId, result: await call() }
    } finally {
      span.end()
    }
  })
}

/** Sends a request with the `traceparent` by which the server continues the trace. */
export const tracedFetch: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  propagation.inject(context.active(), headers, { set: (to, name, value) => to.set(name, value) })
  return fetch(input, { ...init, headers })
}
