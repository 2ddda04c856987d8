import { readConfig } from './config.ts'
import { createLogger } from './create-logger.ts'
import { explainStart } from './explain-start.ts'
import { reportFailure } from './report-failure.ts'
import { run } from './run.ts'

let logger = createLogger({ logLevel: 'info', isSupervised: false })
try {
  const config = readConfig()
  logger = createLogger(config)
  await run(config, logger)
} catch (error) {
  const failure = explainStart(error)
  logger.error({ error }, failure.message)
  await reportFailure(failure)
  process.exit(1)
}
