import { setTimeout as delay } from 'node:timers/promises'
import type { BillingCustomer, CustomerId, Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import {
  claimEvents,
  type DueEvent,
  forgetEvents,
  postponeEvents,
  recordEvent,
  settleEvents,
} from './event-rows.ts'

/** Each customer is one request to the backend, and they go out side by side. */
const EVENTS_AT_ONCE = 10
/** Whoever records an event wakes this process; the look is for what is tried again and for what a process that died left behind. */
const LOOK_EVERY_MS = 2000
/** Longer than a sync takes at most, so that nobody else takes the same event up; after it, somebody does. */
const CLAIM_MS = 15_000
/** A backend that has just told us something is rarely away for long. */
const RETRY_AFTER_MS = 5000
const FORGET_EVERY_MS = 3_600_000

/** Takes events in and has their customers read from the backend soon after. */
export type EventInbox = {
  /** Writes an event down, once per id; the answer to its sender needs nothing else. */
  record(event: { id: string; customerId: CustomerId }): Promise<void>
  start(): void
  /** Lets what is on its way end. */
  stop(): Promise<void>
}

/**
 * Makes an inbox. What an event says does not matter here, nor in which order events come: the customer's plan and balances are
 * read as they are now, so the newest state wins. Any number of them may run on one database.
 */
export function createEventInbox(options: {
  database: Database
  metering: Metering
  logger: Logger
}): EventInbox {
  const { database, metering, logger } = options
  /** Rung by news and by the stop; whoever rests then goes on. */
  let bell = new AbortController()
  let isStopping = false
  let loop: Promise<void> | null = null

  async function sync(customer: BillingCustomer | null, ids: readonly string[]): Promise<void> {
    try {
      // Somebody whom we do not know has no balance here that could be old.
      if (customer) await metering.sync(customer)
      await settleEvents(database, ids)
    } catch (error) {
      logger.warn({ error, events: ids.length }, 'a customer that changed could not be read yet')
      await postponeEvents(database, ids, RETRY_AFTER_MS)
    }
  }

  async function run(): Promise<void> {
    let forgetAt = 0
    while (!isStopping) {
      try {
        const due = await claimEvents(database, { limit: EVENTS_AT_ONCE, claimMs: CLAIM_MS })
        await Promise.all(perCustomer(due).map(({ customer, ids }) => sync(customer, ids)))
        if (due.length === EVENTS_AT_ONCE) continue
        if (performance.now() >= forgetAt) {
          await forgetEvents(database)
          forgetAt = performance.now() + FORGET_EVERY_MS
        }
      } catch (error) {
        logger.warn({ error }, 'events of the backend could not be looked at')
      }
      const { signal } = bell
      await delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) bell = new AbortController()
    }
  }

  return {
    async record(event) {
      await recordEvent(database, event)
      bell.abort()
    },
    start() {
      loop ??= run()
    },
    async stop() {
      isStopping = true
      bell.abort()
      await loop
    },
  }
}

/** A customer with many events is read once for all of them. */
function perCustomer(
  due: readonly DueEvent[],
): { customer: BillingCustomer | null; ids: string[] }[] {
  const groups = new Map<string, { customer: BillingCustomer | null; ids: string[] }>()
  for (const { id, customerId, customer } of due) {
    const group = groups.get(customerId)
    if (group) group.ids.push(id)
    else groups.set(customerId, { customer, ids: [id] })
  }
  return [...groups.values()]
}
