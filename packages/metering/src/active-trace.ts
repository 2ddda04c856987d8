import {
  type Context,
  context,
  createContextKey,
  isSpanContextValid,
  trace,
} from '@opentelemetry/api'

const OPERATION = createContextKey('tollgate.operation.id')

/** The trace and operation of the running code; null without an OpenTelemetry SDK. */
export function activeTrace(): {
  traceId: string
  spanId: string
  operationId: string | undefined
} | null {
  const active = context.active()
  const span = trace.getSpanContext(active)
  if (!span || !isSpanContextValid(span)) return null
  const operationId = active.getValue(OPERATION)
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    operationId: typeof operationId === 'string' ? operationId : undefined,
  }
}

/** A context that attributes the code in it to an operation. */
export function withOperation(outer: Context, operationId: unknown): Context {
  return operationId === undefined ? outer : outer.setValue(OPERATION, operationId)
}
