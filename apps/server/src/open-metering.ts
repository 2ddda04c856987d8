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
import type { DriftLog } from './operator/create-drift-log.ts'
import type { RefusalLog } from './operator/create-refusal-log.ts'

/** Metering, started, and the comparison of its charges with the backend's. */
export async function openMetering(options: {
  config: Config
  database: Database
  secret: string
  backend: BillingBackend
  metrics: Metrics
  /** What operators see of this process. */
  refusals: RefusalLog
  drift: DriftLog
  logger: Logger
}): Promise<{ metering: Metering; stop(): Promise<void> }> {
  const { config, database, secret, backend, metrics, refusals, drift, logger } = options
  const unlimited = createMetering({
    database,
    backend,
    catalog,
    secret,
    logger,
    bucketCount: config.metering.buckets,
    plansUrl: `${config.publicUrl}/plans`,
    capUrl: `${config.publicUrl}/usage#spending`,
    payUrl: `${config.publicUrl}/billing`,
    offers: createOfferCache({ backend, logger }),
    onEvent(event) {
      metrics.onEvent(event)
      refusals.onEvent(event)
    },
    // An HD story takes up to 1.6 MB.
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
    drift,
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
