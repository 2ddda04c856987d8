import { type Logger, refusalActions, silentLogger, systemClock } from '@tollgate/contract'
import { systemSleep } from '@tollgate/database'
import { readActivityPage, readLedgerPage } from './activity/read-ledger-page.ts'
import { readOperationStatus } from './activity/read-operation-status.ts'
import { readReceipt } from './activity/read-receipt.ts'
import { readResultsPage } from './activity/read-results-page.ts'
import { readStoredResult } from './activity/read-stored-result.ts'
import { balancesOf, readFresh } from './balance/read-balances.ts'
import { createNotifier } from './changes/create-notifier.ts'
import { createChangeListeners } from './changes/create-change-listeners.ts'
import type { MeteringContext } from './context.ts'
import { createLimits } from './create-limits.ts'
import { newOperationId } from './keys/new-operation-id.ts'
import type { Metering } from './metering.ts'
import type { MeteringOptions } from './metering-options.ts'
import { createHeartbeat, type Heartbeat } from './operation/heartbeat.ts'
import { billingUnavailable } from './operation/refusals.ts'
import { orUnavailable } from './or-unavailable.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { createRelay, type Relay } from './relay/create-relay.ts'
import { createSettledTraces } from './relay/settled-traces.ts'
import { SetupError } from './setup-error.ts'
import { callForCustomer } from './store/call-routine.ts'
import { checkBuckets } from './store/check-buckets.ts'
import { createBatchedStatements } from './store/batched-statements.ts'
import { readCustomer } from './store/read-customer.ts'
import { readHealth } from './store/read-health.ts'
import { readRelayBacklog } from './store/relay-backlog.ts'
import { createRun } from './run.ts'
import { createSweeper, type Sweeper } from './sweep/create-sweeper.ts'
import { createSingleflight } from './sync/create-singleflight.ts'
import { handOverCustomer } from './sync/hand-over-customer.ts'
import { syncCustomer } from './sync/sync-customer.ts'

/** Metering with its background workers exposed, so that tests can run them step by step. */
export type AssembledMetering = {
  metering: Metering
  heartbeat: Heartbeat
  relay: Relay
  sweeper: Sweeper
}

export function assembleMetering(options: MeteringOptions): AssembledMetering {
  const context = createContext(options)
  const { database, policy } = context
  const relay = createRelay(context)
  const sweeper = createSweeper(context)
  const listeners = createChangeListeners(context)
  let stopWaking: (() => void) | null = null

  const metering: Metering = {
    backend: context.backend,
    catalog: context.catalog,
    run: createRun(context),
    balances: (customer) =>
      orUnavailable(context, async () =>
        balancesOf(context.catalog, await readFresh(context, customer)),
      ),
    billing: (customer) =>
      orUnavailable(context, async () => (await readFresh(context, customer)).billing),
    async sync(customer) {
      try {
        await context.sync(customer)
      } catch (error) {
        throw billingUnavailable(policy.retryAfterMs, error)
      }
      return orUnavailable(context, async () =>
        balancesOf(context.catalog, await readCustomer(database, customer.customerId, policy)),
      )
    },
    handOver: (handOver) => handOverCustomer(context, handOver),
    activity: (customerId, page) =>
      orUnavailable(context, () => readActivityPage(database, customerId, page)),
    ledger: (customerId, page) =>
      orUnavailable(context, () => readLedgerPage(database, customerId, page)),
    history: (customerId, { days }) =>
      orUnavailable(context, () => callForCustomer(database, 'read_history', [customerId, days])),
    ...createLimits(context),
    operation: (customerId, key, procedure) =>
      orUnavailable(context, () =>
        readOperationStatus(database, { customerId, key, procedure: procedure ?? null }),
      ),
    result: (customerId, operationId) =>
      orUnavailable(context, () => readStoredResult(database, customerId, operationId)),
    results: (customerIds, request) =>
      orUnavailable(context, () =>
        readResultsPage(database, customerIds, { ...request, keptMs: policy.resultKeptMs }),
      ),
    receipt: (customerId, wanted) =>
      orUnavailable(context, () => readReceipt(database, customerId, wanted)),
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
      await context.notifier.flush()
      await listeners.stop()
    },
    drain: relay.drain,
    sweep: async () => (await sweeper.sweepOnce()).length,
    backlog: () => readRelayBacklog(database),
    health: () => readHealth(database, policy),
  }
  return { metering, heartbeat: context.heartbeat, relay, sweeper }
}

/** A short secret could be guessed, and transaction ids with it. */
const SECRET_LENGTH_MIN = 32

function createContext(options: MeteringOptions): MeteringContext {
  const { backend, catalog, secret, plansUrl = '/plans', capUrl, payUrl, bucketCount = 1 } = options
  if (secret.length < SECRET_LENGTH_MIN) {
    throw new SetupError(
      `The metering secret has ${secret.length} characters; give it at least ${SECRET_LENGTH_MIN}.`,
    )
  }
  const logger = options.logger ?? silentLogger
  const policy = { ...DEFAULT_POLICY, ...options.policy }
  const database = { ...options.database, bucketCount }
  const singleflight = createSingleflight<void>()
  const context: MeteringContext = {
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
        ...(payUrl === undefined ? {} : { payUrl }),
      }),
    logger,
    clock: options.clock ?? systemClock,
    sleep: options.sleep ?? systemSleep,
    newId: options.newId ?? newOperationId,
    policy,
    notifier: createNotifier({ database, logger }),
    batched: createBatchedStatements({ database, policy }),
    settledTraces: createSettledTraces(),
    emit: emitter(options.onEvent, logger),
    heartbeat: createHeartbeat({ database, logger, policy }),
    sync: (customer) => singleflight(customer.customerId, () => syncCustomer(context, customer)),
  }
  return context
}

/** A failing metric must not fail a call. */
function emitter(onEvent: MeteringOptions['onEvent'], logger: Logger): MeteringContext['emit'] {
  return (event) => {
    try {
      onEvent?.(event)
    } catch (error) {
      logger.error({ error, event }, 'metering events: onEvent threw')
    }
  }
}
