import { pino } from 'pino'
import type { Logger } from '@tollgate/contract'

/** Things that must never stand in a log: who somebody is, what proves it, and what they made. */
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
export function createLogger(level: string): Logger {
  return pino({
    level,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { error: pino.stdSerializers.err },
  })
}
