import type { Logger } from '@tollgate/contract'
import { createWorker, type Database, type Worker } from '@tollgate/database'
import { type AlertSender, deliverAlert, type DeliveryResult } from './deliver-alert.ts'
import { type AlertDelivery, claimDeliveries, recordDelivery } from './delivery-rows.ts'

/** They go out side by side. */
const BATCH_SIZE = 10
const POLL_MS = 1000
/** Longer than the slowest attempt; after it, another process sends what a process that died had claimed. */
const CLAIM_MS = 60_000
/** How long to wait after the first, second, … failure; after the last it is given up. */
const RETRY_AFTER_MS = [5000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000]
/** Enough to see what is wrong. */
const FAILURE_LENGTH_MAX = 200

/** Delivers alerts by e-mail and webhook, each at least once; any number of them may run on one database. */
export type AlertDeliverer = Worker & {
  /** Attempts one batch; answers how many there were. */
  deliverOnce(): Promise<number>
}

/** Makes a deliverer. */
export function createAlertDeliverer(options: {
  database: Database
  sender: AlertSender
  logger: Logger
}): AlertDeliverer {
  const { database, sender, logger } = options

  async function deliverOnce(): Promise<number> {
    const deliveries = await claimDeliveries(database, { limit: BATCH_SIZE, claimMs: CLAIM_MS })
    await Promise.all(deliveries.map(attempt))
    return deliveries.length
  }

  async function attempt(delivery: AlertDelivery): Promise<void> {
    const { failure, isFinal } = await deliverAlert(sender, delivery).catch(toFailure)
    const retryAfterMs = isFinal ? null : (RETRY_AFTER_MS[delivery.attempts - 1] ?? null)
    if (failure !== null) {
      const { alertId, channel, attempts } = delivery
      const next = retryAfterMs === null ? 'given up' : 'retrying'
      logger.warn({ alertId, channel, attempts, failure }, `alerts: delivery failed, ${next}`)
    }
    await recordDelivery(database, delivery, { failure, retryAfterMs })
  }

  const worker = createWorker({
    name: 'alert deliveries',
    logger,
    intervalMs: POLL_MS,
    round: async () => ((await deliverOnce()) === BATCH_SIZE ? 0 : undefined),
  })
  return { ...worker, deliverOnce }
}

function toFailure(error: unknown): DeliveryResult {
  const text = error instanceof Error ? error.message : String(error)
  return { failure: text.slice(0, FAILURE_LENGTH_MAX), isFinal: false }
}
