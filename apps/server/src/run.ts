import type { Config } from './config.ts'
import { createLogger } from './create-logger.ts'
import { type RunningServer, type ServerParts, startServer } from './start-server.ts'

/** Runs the server until a signal stops it; the process then ends. */
export async function run(config: Config, parts?: ServerParts): Promise<void> {
  const logger = createLogger(config.logLevel)
  // As PID 1 of a container, a process is not ended by a signal that it does not handle, so handlers are installed before it waits for its
  // database.
  let stop: () => void = () => process.exit(0)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop())
  try {
    const server = await startServer(config, logger, parts)
    stop = () => {
      void server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ error }, 'server: stop failed')
          process.exit(1)
        },
      )
    }
    printAddresses(server)
  } catch (error) {
    logger.error({ error }, 'server: start failed')
    process.exit(1)
  }
}

function printAddresses({ url, billingUrl }: RunningServer): void {
  const lines = [
    '',
    `  Tollgate is running.  Studio   ${url}`,
    ...(billingUrl ? [`                        Billing  ${billingUrl}/console`] : []),
    '',
    '  Ctrl-C stops it; nothing is lost.',
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
