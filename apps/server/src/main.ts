import { readConfig } from './config.ts'
import { createLogger } from './create-logger.ts'
import { announce } from './announce.ts'
import { startServer } from './start-server.ts'

const config = readConfig()
const logger = createLogger(config.logLevel)

try {
  const server = await startServer(config, logger)
  announce(server)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ error }, 'did not stop cleanly')
          process.exit(1)
        },
      )
    })
  }
} catch (error) {
  logger.error({ error }, 'could not start')
  process.exit(1)
}
