import {
  type Attributes,
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { SpanName } from '@tollgate/contract'

/** Does nothing until an OpenTelemetry SDK is registered, which may happen later. */
const tracer = trace.getTracer('tollgate')

/** A span that was started here and is ended elsewhere. */
export type OpenSpan = {
  /** Runs work whose own spans become children of this one. */
  run<Result>(work: () => Result): Result
  end(error?: unknown): void
}

/** Starts a span as a child of the active one. */
export function startSpan(name: SpanName, attributes: Attributes = {}): OpenSpan {
  const span = tracer.startSpan(name, { attributes })
  if (!isSpanContextValid(span.spanContext())) return NO_SPAN
  const inside = trace.setSpan(context.active(), span)
  return {
    run: (work) => context.with(inside, work),
    end(error) {
      if (error instanceof Error) {
        span.recordException(error)
        span.setStatus({ code: SpanStatusCode.ERROR })
      }
      span.end()
    },
  }
}

/** Of a program without an SDK: a context for every span would cost more than the span. */
const NO_SPAN: OpenSpan = { run: (work) => work(), end() {} }

/** Runs work in a span that ends with it. */
export async function inSpan<Result>(
  name: SpanName,
  work: () => Result | Promise<Result>,
  attributes: Attributes = {},
): Promise<Result> {
  const span = startSpan(name, attributes)
  try {
    const result = await span.run(work)
    span.end()
    return result
  } catch (error) {
    span.end(error)
    throw error
  }
}
