import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  type Link,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { SPAN_ATTRIBUTES, type SpanName } from '@tollgate/contract'
import { withOperation } from './active-trace.ts'

/** A no-op until an OpenTelemetry SDK is registered, possibly later; a replaced SDK is a different provider. */
let current = { provider: trace.getTracerProvider(), tracer: trace.getTracer('tollgate') }

function currentTracer(): Tracer {
  const provider = trace.getTracerProvider()
  if (provider !== current.provider) current = { provider, tracer: provider.getTracer('tollgate') }
  return current.tracer
}

/** One of our span names, or that of a model call by the conventions for generative AI: `chat gpt-5-mini`. */
export type NameOfSpan = SpanName | `chat ${string}`

/** How a span is started; by default a child of the active one. */
export type SpanOptions = {
  /** An incoming request, or an outgoing one. */
  kind?: 'server' | 'client'
  attributes?: Attributes
  parent?: SpanContext | undefined
  links?: Link[]
}

/** A span that is ended explicitly. */
export type OpenSpan = {
  /** For use as the parent of other spans; null when this span is not recorded. */
  readonly context: SpanContext | null
  /** Runs work whose own spans become children of this one. */
  run<Result>(work: () => Result): Result
  /** Reads a source whose own spans become children of this one. */
  read<Chunk>(source: AsyncIterable<Chunk>): AsyncIterable<Chunk>
  /** Runs work where this span was started: its spans become siblings of this one. */
  beside<Result>(work: () => Result): Result
  /** Adds attributes, which are computed only when the span is recorded. */
  set(attributes: () => Attributes): void
  end(error?: unknown): void
}

/** Starts a span. */
export function startSpan(name: NameOfSpan, options: SpanOptions = {}): OpenSpan {
  const { kind, attributes = {}, parent, links = [] } = options
  const outside = parent ? trace.setSpanContext(context.active(), parent) : context.active()
  const span = currentTracer().startSpan(name, { attributes, links, kind: kindOf(kind) }, outside)
  if (!isSpanContextValid(span.spanContext())) return NO_SPAN
  const operationId = attributes[SPAN_ATTRIBUTES.operationId]
  const inside = withOperation(trace.setSpan(outside, span), operationId)
  return {
    context: span.isRecording() ? span.spanContext() : null,
    run: (work) => context.with(inside, work),
    read: (source) => readIn(inside, source),
    beside: (work) => context.with(outside, work),
    set(more) {
      if (span.isRecording()) span.setAttributes(more())
    },
    end(error) {
      if (error instanceof Error) markFailed(span, error)
      span.end()
    },
  }
}

/** Runs work in a span that ends with it. */
export async function inSpan<Result>(
  name: NameOfSpan,
  work: (span: OpenSpan) => Result | Promise<Result>,
  options: SpanOptions = {},
): Promise<Result> {
  const span = startSpan(name, options)
  try {
    const result = await span.run(() => work(span))
    span.end()
    return result
  } catch (error) {
    span.end(error)
    throw error
  }
}

/** Used without an SDK, where a context per span would cost more than the span. */
const NO_SPAN: OpenSpan = {
  context: null,
  run: (work) => work(),
  read: (source) => source,
  beside: (work) => work(),
  set() {},
  end() {},
}

function kindOf(kind: SpanOptions['kind']): SpanKind {
  if (kind === undefined) return SpanKind.INTERNAL
  return kind === 'server' ? SpanKind.SERVER : SpanKind.CLIENT
}

function readIn<Chunk>(inside: Context, source: AsyncIterable<Chunk>): AsyncIterable<Chunk> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = context.with(inside, () => source[Symbol.asyncIterator]())
      return {
        next: () => context.with(inside, () => iterator.next()),
        return: async (value?: unknown) =>
          (await context.with(inside, () => iterator.return?.(value))) ?? { done: true, value },
      }
    },
  }
}

/** A refusal has a code and is expected; anything else is recorded with its stack. */
function markFailed(span: Span, error: Error): void {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) span.recordException(error)
  else span.setAttribute(SPAN_ATTRIBUTES.outcome, code)
  span.setAttribute('error.type', code ?? error.name)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
