import { announce } from './announce.ts'
import type { Config } from './config.ts'
import { createLogger } from './create-logger.ts'
import { type ServerParts, startServer } from './start-server.ts'

/** Runs the server until it is told to stop; the process then ends. */
export async function run(config: Config, parts?: ServerParts): Promise<void> {
  const logger = createLogger(config.logLevel)
  try {
    const server = await startServer(config, logger, parts)
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
}
