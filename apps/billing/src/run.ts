import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { joinSupervisor } from './join-supervisor.ts'
import { startBilling } from './start-billing.ts'

/** Runs the billing backend until a stop signal; the process then exits. */
export async function run(config: Config, logger: Logger): Promise<void> {
  const supervisor = config.isSupervised ? joinSupervisor() : null
  const billing = await startBilling(config, logger)
  const stop = () => {
    void billing.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'billing: stop failed')
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
}
