import { createWorker } from '@tollgate/database'
import { processDue } from './process-due.ts'
import type { Ledger } from '../core/ledger.ts'
import { typed } from '../core/typed.ts'
import { createWebhookDispatcher } from '../webhooks/create-webhook-dispatcher.ts'

/** Reads process due customers themselves; the timer covers the rest. */
const INTERVAL_MS = 1_000
/** At most this many customers per round, so that webhooks and a shutdown are not delayed. */
const CUSTOMERS_MAX = 100

/** Processes due customers and dispatches due webhooks in the background. */
export function startTimer(ledger: Ledger): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const webhooks = createWebhookDispatcher(ledger, stopping.signal)
  const worker = createWorker({
    name: 'billing timer',
    logger: ledger.logger,
    intervalMs: INTERVAL_MS,
    async round() {
      await processDueCustomers(ledger)
      await webhooks.dispatchDue()
    },
  })
  worker.start()
  return {
    async stop() {
      stopping.abort()
      await worker.stop()
      await webhooks.idle()
    },
  }
}

/** Processes customers who are due; returns how many. */
export async function processDueCustomers(ledger: Ledger): Promise<number> {
  const due = await typed(ledger.database, 'read-due-customers')
    .selectFrom('customer')
    .select(['organizationId', 'id as customerId'])
    .where('dueAt', '<=', ledger.clock.now())
    .orderBy('dueAt')
    .limit(CUSTOMERS_MAX)
    .execute()
  for (const scope of due) {
    try {
      await processDue(ledger, scope)
    } catch (error) {
      // One customer's failure must not hold up the others.
      ledger.logger.error({ error, ...scope }, 'due processing: customer failed, retrying')
    }
  }
  return due.length
}
