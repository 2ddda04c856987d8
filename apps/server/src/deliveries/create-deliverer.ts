import type { Logger } from '@tollgate/contract'
import { createWorker, type Worker } from '@tollgate/database'
import { withoutAddresses } from '../without-addresses.ts'

/** Deliveries of a batch are sent concurrently. */
const BATCH_SIZE = 10
const POLL_MS = 1000
/** Longer than the slowest attempt; afterwards another process takes over the claims of one that died. */
const CLAIM_MS = 60_000
/** The delay after the first, second, … failure; after the last the delivery is given up. */
const RETRY_AFTER_MS = [5000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000]
/** Long enough to see the cause. */
const FAILURE_LENGTH_MAX = 200

/** How an attempt ended: delivered, no longer needed, or to be retried. */
export type DeliveryResult = { failure: string | null; isFinal: boolean }

/** How a delivery continues after an attempt. */
export type DeliveryOutcome = { failure: string | null; retryAfterMs: number | null }

/** Delivers recorded messages at least once each; any number of deliverers may run on one database. */
export type Deliverer = Worker & {
  /** Attempts one batch; returns its size. */
  deliverOnce(): Promise<number>
}

/** Creates a deliverer of what `claim` returns; `deliver` throws if it should be retried. */
export function createDeliverer<Delivery extends { attempts: number }>(options: {
  /** Its name in logs. */
  name: string
  claim(batch: { limit: number; claimMs: number }): Promise<Delivery[]>
  deliver(delivery: Delivery): Promise<DeliveryResult>
  record(delivery: Delivery, outcome: DeliveryOutcome): Promise<void>
  /** What the log says about a failed delivery. */
  identify(delivery: Delivery): object
  logger: Logger
}): Deliverer {
  const { name, claim, deliver, record, identify, logger } = options

  async function deliverOnce(): Promise<number> {
    const deliveries = await claim({ limit: BATCH_SIZE, claimMs: CLAIM_MS })
    await Promise.all(deliveries.map(attempt))
    return deliveries.length
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const { failure, isFinal } = await deliver(delivery).catch(toFailure)
    const { attempts } = delivery
    const retryAfterMs = isFinal ? null : (RETRY_AFTER_MS[attempts - 1] ?? null)
    if (failure !== null) {
      const next = retryAfterMs === null ? 'given up' : 'retrying'
      logger.warn({ ...identify(delivery), attempts, failure }, `${name}: delivery failed, ${next}`)
    }
    await record(delivery, { failure, retryAfterMs })
  }

  const worker = createWorker({
    name: `${name} deliveries`,
    logger,
    intervalMs: POLL_MS,
    round: async () => ((await deliverOnce()) === BATCH_SIZE ? 0 : undefined),
  })
  return { ...worker, deliverOnce }
}

function toFailure(error: unknown): DeliveryResult {
  const text = error instanceof Error ? error.message : String(error)
  return { failure: withoutAddresses(text).slice(0, FAILURE_LENGTH_MAX), isFinal: false }
}
