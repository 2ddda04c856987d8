import type { BillingBackend, BillingCustomer, CustomerId, Logger } from '@tollgate/contract'
import { createWorker, type Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import {
  ADDRESS_EVENT,
  claimEvents,
  completeEvents,
  type DueEvent,
  postponeEvents,
  purgeEvents,
  recordEvent,
} from './event-rows.ts'

/** Each customer is one request to the backend, and the requests are concurrent. */
const BATCH_SIZE = 10
/** Recording an event wakes this process; polling finds retries and what a process that died left behind. */
const POLL_MS = 2000
/** Longer than a sync takes, so that no other process claims the same event; afterwards another one takes over. */
const CLAIM_MS = 15_000
/** A backend that has just sent a webhook is rarely down for long. */
const RETRY_AFTER_MS = 5000
const PURGE_EVERY_MS = 3_600_000

/** Records events, and syncs their customers from the backend soon after. */
export type EventInbox = {
  /** Records an event once per id; the sender can be answered as soon as it resolves. */
  record(event: { id: string; customerId: CustomerId }): Promise<void>
  start(): void
  /** Waits for the current batch to end. */
  stop(): Promise<void>
}

/**
 * Creates an inbox. The content and the order of events do not matter: the customer's current plan and balances are read, so the newest
 * state wins. Any number of inboxes may run on one database.
 */
export function createEventInbox(options: {
  database: Database
  metering: Metering
  backend: Pick<BillingBackend, 'changeAddress'>
  logger: Logger
}): EventInbox {
  const { database, metering, backend, logger } = options
  let purgeAt = 0
  const worker = createWorker({ name: 'webhook inbox', round, intervalMs: POLL_MS, logger })

  async function round(): Promise<number | void> {
    const due = await claimEvents(database, { limit: BATCH_SIZE, claimMs: CLAIM_MS })
    await Promise.all(groupByCustomer(due).map(sync))
    if (due.length === BATCH_SIZE) return 0
    if (performance.now() < purgeAt) return undefined
    await purgeEvents(database)
    purgeAt = performance.now() + PURGE_EVERY_MS
    return undefined
  }

  async function sync({ customer, ids }: CustomerEvents): Promise<void> {
    try {
      // An unknown customer has no balance here that could be stale.
      if (customer) {
        if (ids.some((id) => id.startsWith(ADDRESS_EVENT))) await backend.changeAddress?.(customer)
        await metering.sync(customer)
      }
      await completeEvents(database, ids)
    } catch (error) {
      logger.warn({ error, events: ids.length }, 'webhook inbox: customer sync failed, retrying')
      await postponeEvents(database, ids, RETRY_AFTER_MS)
    }
  }

  return {
    async record(event) {
      await recordEvent(database, event)
      worker.wake()
    },
    start: worker.start,
    stop: worker.stop,
  }
}

type CustomerEvents = { customer: BillingCustomer | null; ids: string[] }

/** A customer with several events is synced once for all of them. */
function groupByCustomer(due: readonly DueEvent[]): CustomerEvents[] {
  const groups = new Map<string, CustomerEvents>()
  for (const { id, customerId, customer } of due) {
    const group = groups.get(customerId)
    if (group) group.ids.push(id)
    else groups.set(customerId, { customer, ids: [id] })
  }
  return [...groups.values()]
}
