import type { HrTime } from '@opentelemetry/api'
import { type SpanName, SPAN_NAMES } from '@tollgate/contract'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node'

/** One span of a call, in milliseconds; `from` is relative to the first span. */
export type RecordedSpan = { span: SpanName; from: number; milliseconds: number }

/** The newest traces of this process. */
export type SpanRecorder = {
  /** Receives the spans that the server also exports. */
  processor: SpanProcessor
  /** The ended spans of a trace; `delivered` once the backend has its usage event. */
  read(traceId: string): { spans: RecordedSpan[]; delivered: boolean }
}

/** A developer looks at the last few. */
const TRACES_MAX = 300

/** Keeps the spans of a server in memory. */
export function createSpanRecorder(): SpanRecorder {
  const traces = new Map<string, ReadableSpan[]>()
  const nothing = async () => {}

  function onEnd(span: ReadableSpan): void {
    const { traceId } = span.spanContext()
    const [oldest] = traces.keys()
    if (!traces.has(traceId) && oldest !== undefined && traces.size >= TRACES_MAX) {
      traces.delete(oldest)
    }
    traces.set(traceId, [...(traces.get(traceId) ?? []), span])
  }

  /** A delivery carries the events of many operations, so it has its own trace. */
  function deliveryOf(spans: readonly ReadableSpan[]): readonly ReadableSpan[] {
    const operation = spans.find(({ name }) => name === 'work')?.attributes['tollgate.operation.id']
    const holds = ({ attributes }: ReadableSpan) => {
      const ids = attributes['tollgate.operation.ids']
      return Array.isArray(ids) && ids.some((id) => id === operation)
    }
    return [...traces.values()].find((delivery) => delivery.some(holds)) ?? []
  }

  return {
    processor: { onStart() {}, onEnd, forceFlush: nothing, shutdown: nothing },
    read(traceId) {
      const call = traces.get(traceId) ?? []
      const delivery = deliveryOf(call)
      return { spans: describe([...call, ...delivery]), delivered: delivery.length > 0 }
    },
  }
}

function describe(spans: readonly ReadableSpan[]): RecordedSpan[] {
  const known = SPAN_NAMES.flatMap((name) => spans.find((span) => span.name === name) ?? [])
  const start = Math.min(...known.map(({ startTime }) => toMilliseconds(startTime)))
  return SPAN_NAMES.flatMap((name) => {
    const span = known.find((candidate) => candidate.name === name)
    if (!span) return []
    const from = toMilliseconds(span.startTime) - start
    return { span: name, from, milliseconds: toMilliseconds(span.duration) }
  })
}

function toMilliseconds([seconds, nanoseconds]: HrTime): number {
  return seconds * 1000 + nanoseconds / 1_000_000
}
