import { type DestinationStream, pino } from 'pino'
import { docsAnchor, type Logger } from '@tollgate/contract'
import { activeTrace } from '@tollgate/metering'
import { withoutAddresses } from './without-addresses.ts'

/** What must never be logged: identities, credentials and content. */
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

/** Structured logs without secrets, one JSON object per line. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { error: describeError },
    mixin: describeTrace,
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Named as in OpenTelemetry, which joins logs and traces by these fields; empty outside of a traced request. */
function describeTrace(): object {
  const trace = activeTrace()
  if (!trace) return {}
  const { traceId, spanId, operationId } = trace
  return { trace_id: traceId, span_id: spanId, ...(operationId ? { operationId } : {}) }
}

/** The loggable parts of an error. Libraries attach their input: a prompt, a recipient, the values of a row. */
const LOGGED = ['type', 'message', 'stack', 'code', 'constraint', 'responseCode', 'statusCode']

// Includes the link to the guide, so that a reader of the log need not search.
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
