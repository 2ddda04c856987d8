import type { BillingBackend, CustomerId, Logger } from '@tollgate/contract'
import { createWorker, type Database, type Worker } from '@tollgate/database'
import { eraseCustomer } from '@tollgate/metering/postgres'
import { claimErasures, completeErasure, deleteAlerts } from './erasure-rows.ts'

const BATCH_SIZE = 10
const POLL_MS = 5000
/** Also how soon one that failed, or waits for a running operation, is tried again. */
const CLAIM_MS = 30_000

/** Removes the personal data of deleted customers; any number of erasers may run on one database. */
export type Eraser = Worker & {
  /** Erases one batch; answers how many customers are erased now. */
  eraseOnce(): Promise<number>
}

/**
 * Creates an eraser. Each step can be repeated, so another process restarts one whose process died; a customer is done once metering,
 * the billing backend and the alerts are.
 */
export function createEraser(options: {
  database: Database
  metering: Database
  backend: Pick<BillingBackend, 'anonymizeCustomer'>
  logger: Logger
}): Eraser {
  const { database, metering, backend, logger } = options

  async function eraseOnce(): Promise<number> {
    const due = await claimErasures(database, { limit: BATCH_SIZE, claimMs: CLAIM_MS })
    let erased = 0
    for (const { customerId, attempts } of due) {
      try {
        if (await erase(customerId)) erased += 1
      } catch (error) {
        logger.warn({ error, customerId, attempts }, 'erasure: failed, retrying')
      }
    }
    return erased
  }

  /** False while an operation is running, whose result has to go as well. */
  async function erase(customerId: CustomerId): Promise<boolean> {
    await deleteAlerts(database, customerId)
    await backend.anonymizeCustomer?.(customerId)
    if ((await eraseCustomer(metering, customerId)) === 'running') return false
    await completeErasure(database, customerId)
    logger.info({ customerId }, 'erasure: customer erased')
    return true
  }

  const worker = createWorker({
    name: 'erasure',
    logger,
    intervalMs: POLL_MS,
    round: async () => void (await eraseOnce()),
  })
  return { ...worker, eraseOnce }
}
