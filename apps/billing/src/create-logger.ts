import { docsAnchor } from '@tollgate/contract'
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** Logs JSON lines, with a link to the guide in every error and API keys redacted. */
export function createLogger(config: Pick<Config, 'logLevel' | 'isSupervised'>): Logger {
  return pino({
    // Its lines are mixed with the server's.
    ...(config.isSupervised ? { name: 'billing' } : {}),
    level: config.logLevel,
    redact: { paths: ['apiKey', '*.apiKey', 'authorization'], censor: '[redacted]' },
    serializers: {
      error: (error: Error) => ({ ...pino.stdSerializers.err(error), docs: docsAnchor(error) }),
    },
  })
}
