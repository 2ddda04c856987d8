import type { BillingBackend, CustomerId, Logger } from '@tollgate/contract'
import { createWorker, type Database, type Worker } from '@tollgate/database'
import { eraseCustomer } from '@tollgate/metering/postgres'
import { claimErasures, completeErasure, deleteAlerts } from './erasure-rows.ts'

const BATCH_SIZE = 10
const POLL_MS = 5000
/** Also the delay before a failed erasure, or one that waits for a running operation, is retried. */
const CLAIM_MS = 30_000

/** Removes the personal data of deleted customers; any number of erasers may run on one database. */
export type Eraser = Worker & {
  /** Erases one batch; returns how many customers were erased. */
  eraseOnce(): Promise<number>
}

/**
 * Creates an eraser. Each step is idempotent, so that another process can take over from one that died; a customer is erased once metering,
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

  /** False while an operation is running: its result must be erased too. */
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
