import {
  type BillingCustomer,
  type Logger,
  refusalActions,
  silentLogger,
  systemClock,
} from '@tollgate/contract'
import { readActivityPage } from './activity/read-activity-page.ts'
import { readLedgerPage } from './activity/read-ledger-page.ts'
import { readKeptResult } from './activity/read-kept-result.ts'
import { readOperationStatus } from './activity/read-operation-status.ts'
import { balancesOf, readBilling, readFresh } from './balance/read-balances.ts'
import { createAnnouncer } from './changes/announcer.ts'
import { createChangeListeners } from './changes/create-change-listeners.ts'
import type { MeteringContext } from './context.ts'
import { newOperationId } from './keys/new-operation-id.ts'
import type { Metering } from './metering.ts'
import type { MeteringOptions } from './metering-options.ts'
import { createHeartbeat, type Heartbeat } from './operation/heartbeat.ts'
import { billingUnavailable } from './operation/refusals.ts'
import { orUnavailable } from './or-unavailable.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { createRelay, type Relay } from './relay/create-relay.ts'
import { drain } from './relay/drain.ts'
import { createWaitingSync } from './relay/sync-waiting.ts'
import { SetupError } from './setup-error.ts'
import { systemSleep } from './sleep.ts'
import { checkBuckets } from './store/check-buckets.ts'
import { createGatheredStatements } from './store/gathered-statements.ts'
import { readCustomer } from './store/read-customer.ts'
import { readHistory } from './store/read-history.ts'
import { readSpendCaps, writeSpendCap } from './store/spend-caps.ts'
import { readRelayBacklog } from './store/relay-backlog.ts'
import { createRun } from './run.ts'
import { createSweeper, type Sweeper } from './sweep/create-sweeper.ts'
import { createCoalescer } from './sync/coalesce.ts'
import { handOverCustomer } from './sync/hand-over-customer.ts'
import { syncCustomer } from './sync/sync-customer.ts'

/** Metering with its moving parts in reach, for tests that move them one step at a time. */
export type AssembledMetering = {
  metering: Metering
  heartbeat: Heartbeat
  relay: Relay
  sweeper: Sweeper
}

/** Puts metering together. */
export function assembleMetering(options: MeteringOptions): AssembledMetering {
  const context = createContext(options)
  const { database, policy } = context
  const coalesce = createCoalescer<void>()
  const sync = (customer: BillingCustomer) =>
    coalesce(customer.customerId, () => syncCustomer(context, customer))
  const syncing = { ...context, sync }
  const heartbeat = createHeartbeat(context)
  const relay = createRelay({ ...context, waiting: createWaitingSync(syncing) })
  const sweeper = createSweeper(context)
  const listeners = createChangeListeners(context)
  let stopWaking: (() => void) | null = null

  const metering: Metering = {
    backend: context.backend,
    catalog: context.catalog,
    run: createRun({ ...syncing, heartbeat }),
    balances: (customer) =>
      orUnavailable(context, async () =>
        balancesOf(context.catalog, await readFresh(syncing, customer)),
      ),
    billing: (customer) => orUnavailable(context, () => readBilling(syncing, customer)),
    async sync(customer) {
      try {
        await sync(customer)
      } catch (error) {
        throw billingUnavailable(policy.retryAfterMs, error)
      }
      return orUnavailable(context, async () =>
        balancesOf(context.catalog, await readCustomer(database, customer.customerId, policy)),
      )
    },
    handOver: (handOver) => handOverCustomer(syncing, handOver),
    activity: (customerId, page) =>
      orUnavailable(context, () => readActivityPage(database, customerId, page)),
    ledger: (customerId, page) =>
      orUnavailable(context, () => readLedgerPage(database, customerId, page)),
    history: (customerId, { days }) =>
      orUnavailable(context, () => readHistory(database, { customerId, days })),
    spendCaps: (customerId) => orUnavailable(context, () => readSpendCaps(database, customerId)),
    setSpendCap: (customer, cap) => setSpendCap(syncing, customer, cap),
    operation: (customerId, key, procedure) =>
      orUnavailable(context, () =>
        readOperationStatus(database, { customerId, key, procedure: procedure ?? null }),
      ),
    result: (customerId, operationId) =>
      orUnavailable(context, () => readKeptResult(database, { customerId, operationId })),
    onBalanceChange: (customerId, listener) => listeners.add(customerId, listener),
    async start() {
      await checkBuckets(database)
      stopWaking ??= listeners.onAnyChange(() => relay.wake())
      relay.start()
      sweeper.start()
    },
    async stop() {
      stopWaking?.()
      stopWaking = null
      await Promise.all([relay.stop(), sweeper.stop()])
      await context.announcer.flush()
      await listeners.stop()
    },
    drain: () => drain(context, relay),
    sweep: async () => (await sweeper.sweepOnce()).length,
    backlog: () => readRelayBacklog(database),
  }
  return { metering, heartbeat, relay, sweeper }
}

function setSpendCap(
  context: MeteringContext & { sync: (customer: BillingCustomer) => Promise<void> },
  customer: BillingCustomer,
  { meter, cap }: { meter: string; cap: number | null },
): Promise<void> {
  const { database, policy } = context
  const { customerId } = customer
  return orUnavailable(context, async () => {
    // The accounts of a new customer come with the first sync.
    await readFresh(context, customer)
    const known = await writeSpendCap(database, { customerId, meter, cap })
    if (!known) throw billingUnavailable(policy.retryAfterMs)
  })
}

/** Short secrets can be guessed, and with them transaction ids. */
const SECRET_LENGTH_MIN = 32

function createContext(options: MeteringOptions): MeteringContext {
  const { backend, catalog, secret, plansUrl = '/plans', capUrl, bucketCount = 1 } = options
  if (secret.length < SECRET_LENGTH_MIN) {
    throw new SetupError(
      `The metering secret has ${secret.length} characters; give it at least ${SECRET_LENGTH_MIN}.`,
    )
  }
  const logger = options.logger ?? silentLogger
  const policy = { ...DEFAULT_POLICY, ...options.policy }
  const database = { ...options.database, bucketCount }
  return {
    database,
    backend,
    catalog,
    secret,
    plansUrl,
    refusalActions: (cause) =>
      refusalActions(cause, {
        offers: options.offers?.() ?? [],
        plansUrl,
        ...(capUrl === undefined ? {} : { capUrl }),
      }),
    logger,
    clock: options.clock ?? systemClock,
    sleep: options.sleep ?? systemSleep,
    newId: options.newId ?? newOperationId,
    policy,
    announcer: createAnnouncer({ database, logger }),
    gathered: createGatheredStatements({ database, policy }),
    emit: emitter(options.onEvent, logger),
  }
}

/** Figures are worth having, and not worth a call. */
function emitter(onEvent: MeteringOptions['onEvent'], logger: Logger): MeteringContext['emit'] {
  return (event) => {
    try {
      onEvent?.(event)
    } catch (error) {
      logger.error({ error, event }, 'metering: onEvent threw')
    }
  }
}
