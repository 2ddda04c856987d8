import { setTimeout as delay } from 'node:timers/promises'
import { bringUpToDate } from './bring-up-to-date.ts'
import type { Ledger } from '../core/ledger.ts'
import { createWebhookTeller } from '../webhooks/create-webhook-teller.ts'

/** Reads bring customers up to date by themselves; the timer is for those nobody asks about. */
const INTERVAL_MS = 1_000
/** One round takes no more than this many customers, so that webhooks and the stop get their turn. */
const CUSTOMERS_MAX = 100

/** Does what falls due without anybody asking. */
export function startTimer(ledger: Ledger): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = run(ledger, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function run(ledger: Ledger, signal: AbortSignal): Promise<void> {
  const webhooks = createWebhookTeller(ledger, signal)
  while (!signal.aborted) {
    try {
      await bringDueCustomersUpToDate(ledger)
      await webhooks.look()
    } catch (error) {
      ledger.logger.error(
        { error },
        'a round of the billing timer failed; the next one tries again',
      )
    }
    await delay(INTERVAL_MS, undefined, { signal, ref: false }).catch(() => {})
  }
  await webhooks.idle()
}

/** Brings up to date whoever is due; returns how many. */
export async function bringDueCustomersUpToDate(ledger: Ledger): Promise<number> {
  const due = await ledger.database.query<{ organizationId: string; customerId: string }>({
    name: 'read-due-customers',
    text: `select organization_id as "organizationId", id as "customerId" from customer
           where due_at <= $1 order by due_at limit $2`,
    values: [ledger.clock.now(), CUSTOMERS_MAX],
  })
  for (const scope of due) {
    try {
      await bringUpToDate(ledger, scope)
    } catch (error) {
      // One customer's trouble is not the others'.
      ledger.logger.error({ error, ...scope }, 'a customer could not be brought up to date')
    }
  }
  return due.length
}
