import type { AlertService } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createUsageChangeFeed } from '@tollgate/metering/postgres'
import { createAlertRaiser } from './create-alert-raiser.ts'
import { createAlertService } from './create-alert-service.ts'

/** Starts raising alerts from the usage that metering records. */
export function openAlerts(options: { database: Database; metering: Database; logger: Logger }): {
  service: AlertService
  stop(): Promise<void>
} {
  const { database, logger } = options
  const feed = createUsageChangeFeed({ database: options.metering })
  const raiser = createAlertRaiser({ database, feed, logger })
  raiser.start()
  return { service: createAlertService({ database }), stop: raiser.stop }
}
