import type { BillingCustomer } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { readCustomersToSync } from '../store/customers-to-sync.ts'

/** Each is a request of its own, between two deliveries. */
const SYNC_BATCH = 10

/**
 * Asks the backend about customers whose events cannot go out or whose balance is doubtful, and who may not come back by
 * themselves; returns how many could be read.
 */
export async function syncWaiting(
  context: MeteringContext & { sync: (customer: BillingCustomer) => Promise<void> },
): Promise<number> {
  const { database, policy, logger } = context
  const { freshForMs } = policy
  const customers = await readCustomersToSync(database, { limit: SYNC_BATCH, freshForMs })
  let read = 0
  for (const customer of customers) {
    try {
      await context.sync(customer)
      read += 1
    } catch (error) {
      // One customer who cannot be read must not keep the others waiting.
      const { customerId } = customer
      logger.warn({ error, customerId }, 'metering: a customer could not be read')
    }
  }
  return read
}
