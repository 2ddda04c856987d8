import type { Database } from '@tollgate/database'
import { Hono } from 'hono'
import type { Config } from '../config.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import { receiptKeysRoute } from '../receipts/receipt-keys-route.ts'
import { health } from './health.ts'
import { metricsRoute } from './metrics-route.ts'

/** The routes for operators, load balancers, monitoring and the verification of receipts. */
export function operatorRoutes(options: {
  config: Config
  database: Database
  /** The public keys of receipts. */
  keys: Parameters<typeof receiptKeysRoute>[0]
  metrics: Metrics
  /** Aborted when the server begins to stop. */
  stopping: AbortSignal
}): Hono {
  const { config, keys, metrics } = options
  return new Hono()
    .route('/', receiptKeysRoute(keys))
    .route('/', health(options))
    .route('/', metricsRoute({ metrics, token: config.metricsToken }))
}
