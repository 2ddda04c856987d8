import type { BillingBackend, Logger } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import type { Database } from '@tollgate/database'
import { createMetering, type Metering } from '@tollgate/metering'
import { createChargeReader } from '@tollgate/metering/postgres'
import type { Config } from './config.ts'
import { createOfferCache } from './create-offer-cache.ts'
import { startDriftMonitor } from './drift/start-drift-monitor.ts'
import { limitOpenOperations } from './limit-open-operations.ts'
import type { Metrics } from './metrics/create-metrics.ts'

/** Metering, started, and the comparison of its charges with the backend's. */
export async function openMetering(options: {
  config: Config
  database: Database
  secret: string
  backend: BillingBackend
  metrics: Metrics
  logger: Logger
}): Promise<{ metering: Metering; stop(): Promise<void> }> {
  const { config, database, secret, backend, metrics, logger } = options
  const unlimited = createMetering({
    database,
    backend,
    catalog,
    secret,
    logger,
    bucketCount: config.meteringBuckets,
    plansUrl: `${config.publicUrl}/plans`,
    capUrl: `${config.publicUrl}/usage#spending`,
    payUrl: `${config.publicUrl}/billing`,
    offers: createOfferCache({ backend, logger }),
    onEvent: metrics.onEvent,
    // A story in HD takes up to 1.6 MB.
    policy: {
      resultBytesMax: 2 * 1_048_576,
      operationKeptMs: config.keptDays.operations * 86_400_000,
    },
  })
  const metering = limitOpenOperations(unlimited, {
    perCustomer: config.openOperationsPerCustomer,
  })
  await metering.start()
  const stopDriftMonitor = startDriftMonitor({
    everyMinutes: config.driftCheckMinutes,
    metering: createChargeReader({ database, secret }),
    backend,
    onChecked: metrics.onDriftChecked,
    logger,
  })
  return {
    metering,
    async stop() {
      await stopDriftMonitor()
      await metering.stop()
    },
  }
}
