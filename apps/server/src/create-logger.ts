import { type DestinationStream, pino } from 'pino'
import { docsAnchor, type Logger } from '@tollgate/contract'
import { activeTrace } from '@tollgate/metering'
import { withoutAddresses } from './without-addresses.ts'

/** What must never be logged: who a person is, what proves it, and what they made. */
const SECRET_PATHS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'email',
  'key',
  'apiKey',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.token',
  '*.email',
  '*.key',
  '*.apiKey',
]

/** Structured logs, one JSON object a line, without secrets. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { error: describeError },
    mixin: describeTrace,
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Under OpenTelemetry's names, by which log and trace are joined; nothing where no request is traced. */
function describeTrace(): object {
  const trace = activeTrace()
  if (!trace) return {}
  const { traceId, spanId, operationId } = trace
  return { trace_id: traceId, span_id: spanId, ...(operationId ? { operationId } : {}) }
}

/** What a log may say of an error. Libraries add what they were given: a prompt, a recipient, the values of a row. */
const LOGGED = ['type', 'message', 'stack', 'code', 'constraint', 'responseCode', 'statusCode']

// With the place where the guide explains it, so that a reader of the log need not search.
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutAddresses(String(error))
  const docs = docsAnchor(error)
  const described = pino.stdSerializers.err(error)
  return {
    ...Object.fromEntries(
      Object.entries(described)
        .filter(([field]) => LOGGED.includes(field))
        .map(([field, value]) => [
          field,
          typeof value === 'string' ? withoutAddresses(value) : value,
        ]),
    ),
    ...(error instanceof AggregateError
      ? { aggregateErrors: error.errors.map(describeError) }
      : {}),
    ...(docs === null ? {} : { docs }),
  }
}
