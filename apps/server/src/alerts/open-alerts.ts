import type { AlertService } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createUsageChangeFeed } from '@tollgate/metering/postgres'
import type { Config } from '../config.ts'
import { type AlertChanges, createAlertChanges } from './create-alert-changes.ts'
import { createAlertDeliverer } from './create-alert-deliverer.ts'
import { createAlertRaiser } from './create-alert-raiser.ts'
import { createAlertService } from './create-alert-service.ts'
import type { AlertSender } from './deliver-alert.ts'
import type { SendMail } from './send-mail.ts'

/** Starts raising alerts from the usage that metering records, and delivering them. */
export async function openAlerts(options: {
  config: Pick<Config, 'publicUrl' | 'development' | 'keptDays'>
  database: Database
  metering: Database
  /** Null if e-mail is not configured. */
  sendMail: SendMail | null
  logger: Logger
}): Promise<{ service: AlertService; changes: AlertChanges; stop(): Promise<void> }> {
  const { config, database, logger } = options
  const sender: AlertSender = {
    publicUrl: config.publicUrl,
    isDevelopment: config.development,
    sendMail: options.sendMail,
  }
  const feed = createUsageChangeFeed({ database: options.metering })
  const changes = await createAlertChanges(database)
  const sendsEmail = sender.sendMail !== null
  const raiser = createAlertRaiser({
    database,
    feed,
    changes,
    sendsEmail,
    keptDays: config.keptDays.alerts,
    logger,
  })
  const deliverer = createAlertDeliverer({ database, sender, logger })
  raiser.start()
  deliverer.start()
  return {
    service: createAlertService({ database, changes, sender }),
    changes,
    async stop() {
      await Promise.all([raiser.stop(), deliverer.stop()])
      await changes.stop()
    },
  }
}
