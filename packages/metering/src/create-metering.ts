import { randomUUID } from 'node:crypto'
import {
  type BillingBackend,
  type BillingCustomer,
  type Clock,
  type Logger,
  silentLogger,
  systemClock,
} from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { readActivityPage } from './activity/read-activity-page.ts'
import { readOperationStatus } from './activity/read-operation-status.ts'
import { balancesOf, readBilling, readFresh } from './balance/read-balances.ts'
import { createAnnouncer } from './changes/announcer.ts'
import { createChangeListeners } from './changes/create-change-listeners.ts'
import type { MeteringContext } from './context.ts'
import type { Metering } from './metering.ts'
import { createCalls } from './operation/create-calls.ts'
import { createHeartbeat } from './operation/heartbeat.ts'
import { unavailable } from './operation/refusals.ts'
import { DEFAULT_POLICY, type MeteringPolicy } from './policy.ts'
import { createRelay } from './relay/create-relay.ts'
import { readCustomer } from './store/read-customer.ts'
import { readRelayBacklog } from './store/relay-backlog.ts'
import { createSweeper } from './sweep/create-sweeper.ts'
import { createCoalescer } from './sync/coalesce.ts'
import { syncCustomer } from './sync/sync-customer.ts'
import type { WayOut, WayOutQuestion } from './way-out.ts'

/** What metering is made of. */
export type MeteringOptions = {
  /** Migrated with `METERING_MIGRATIONS`, opened with `hotPathSettings`. */
  database: Database
  backend: BillingBackend
  /** At least 32 characters; transaction ids are derived from it, so it must never change or leak. */
  secret: string
  clock?: Clock
  logger?: Logger
  /** Makes operation ids; UUIDs unless told otherwise. */
  newId?: () => string
  /** What a person can do when a balance is used up or a plan lacks a feature. */
  wayOut: (ended: WayOutQuestion) => WayOut
  policy?: Partial<MeteringPolicy>
}

/** Short secrets can be guessed, and with them transaction ids. */
const SECRET_LENGTH_MIN = 32

/**
 * Makes the heart of the house over a database and a backend. Nothing runs in the background before `start()`.
 *
 * @example
 * const metering = createMetering({ database, backend, secret, wayOut: () => ({ upgradeUrl: '/plans', actions: [] }) })
 * await metering.start()
 * const { output, receipt } = await metering.run(call, () => draw(prompt))
 */
export function createMetering(options: MeteringOptions): Metering {
  const context = createContext(options)
  const { database, policy } = context
  const coalesce = createCoalescer<void>()
  const sync = (customer: BillingCustomer) =>
    coalesce(customer.customerId, () => syncCustomer(context, customer))
  const syncing = { ...context, sync }
  const heartbeat = createHeartbeat(context)
  const relay = createRelay(context)
  const sweeper = createSweeper(context)
  const listeners = createChangeListeners(context)

  return {
    ...createCalls({ ...syncing, heartbeat }),
    balances: async (customer) => balancesOf(await readFresh(syncing, customer)),
    billing: (customer) => readBilling(syncing, customer),
    async sync(customer) {
      try {
        await sync(customer)
      } catch (error) {
        throw unavailable(policy.retryAfterMs, error)
      }
      return balancesOf(await readCustomer(database, customer.customerId, policy))
    },
    activity: (customerId, page) => readActivityPage(database, customerId, page),
    operation: (customerId, key, procedure) =>
      readOperationStatus(database, { customerId, key, procedure: procedure ?? null }),
    onBalanceChange: (customerId, listener) => listeners.add(customerId, listener),
    async start() {
      listeners.onAnyChange(() => relay.wake())
      relay.start()
      sweeper.start()
    },
    async stop() {
      await Promise.all([relay.stop(), sweeper.stop()])
      await context.announcer.flush()
      await listeners.stop()
    },
    drain: () => relay.drain(),
    sweep: async () => (await sweeper.sweepOnce()).length,
    backlog: () => readRelayBacklog(database),
  }
}

function createContext(options: MeteringOptions): MeteringContext {
  const { database, backend, secret, wayOut } = options
  if (secret.length < SECRET_LENGTH_MIN) {
    throw new Error(
      `The metering secret has ${secret.length} characters; give it at least ${SECRET_LENGTH_MIN}.`,
    )
  }
  const logger = options.logger ?? silentLogger
  return {
    database,
    backend,
    secret,
    wayOut,
    logger,
    clock: options.clock ?? systemClock,
    newId: options.newId ?? randomUUID,
    policy: { ...DEFAULT_POLICY, ...options.policy },
    announcer: createAnnouncer({ database, logger }),
  }
}
