import { docsAnchor } from '@tollgate/contract'
import { pino } from 'pino'
import { readConfig } from './config.ts'
import { joinSupervisor } from './join-supervisor.ts'
import { startBilling } from './start-billing.ts'

const config = readConfig()
const supervisor = config.isSupervised ? joinSupervisor() : null
const logger = pino({
  // Its lines stand among the server's.
  ...(supervisor ? { name: 'billing' } : {}),
  level: config.logLevel,
  redact: { paths: ['apiKey', '*.apiKey', 'authorization'], censor: '[redacted]' },
  serializers: {
    error: (error: Error) => ({ ...pino.stdSerializers.err(error), docs: docsAnchor(error) }),
  },
})

try {
  const billing = await startBilling(config, logger)
  const stop = () => {
    void billing.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
  if (supervisor) {
    supervisor.ready(billing, stop)
  } else {
    process.stdout.write(`Billing backend at ${billing.url}, its key in ${config.apiKeyFile}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  }
} catch (error) {
  logger.error({ error }, 'could not start')
  process.exit(1)
}
