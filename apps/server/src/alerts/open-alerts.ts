import type { AlertService } from '@tollgate/api'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createUsageChangeFeed } from '@tollgate/metering/postgres'
import { type AlertChanges, createAlertChanges } from './create-alert-changes.ts'
import { createAlertRaiser } from './create-alert-raiser.ts'
import { createAlertService } from './create-alert-service.ts'

/** Starts raising alerts from the usage that metering records. */
export async function openAlerts(options: {
  database: Database
  metering: Database
  logger: Logger
}): Promise<{ service: AlertService; changes: AlertChanges; stop(): Promise<void> }> {
  const { database, logger } = options
  const feed = createUsageChangeFeed({ database: options.metering })
  const changes = await createAlertChanges(database)
  const raiser = createAlertRaiser({ database, feed, changes, logger })
  raiser.start()
  return {
    service: createAlertService({ database, changes }),
    changes,
    async stop() {
      await raiser.stop()
      await changes.stop()
    },
  }
}
