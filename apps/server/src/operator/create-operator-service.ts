import type { ApiServices, OperatorService } from '@tollgate/api'
import {
  type BillingBackend,
  customerId as toCustomerId,
  type SignReceipt,
} from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import {
  acceptRecorded,
  inspectCustomer,
  listOperatorChanges,
  listQuarantined,
  listRunning,
  listUnsynced,
  openMeteringDatabase,
  quarantineEvent,
  type QuarantinedEvent,
  readLedgerPage,
  readRelayBacklog,
  redeliverLost,
  releaseHold,
  replayQuarantined,
} from '@tollgate/metering/postgres'
import { z } from 'zod'
import type { Stores } from '../open-stores.ts'
import type { DriftLog } from './create-drift-log.ts'
import type { RefusalLog } from './create-refusal-log.ts'
import { findCustomer, findOwner } from './find-customer.ts'
import { listOperators } from './list-operators.ts'
import { readFiguresWithValues } from './read-figures-with-values.ts'
import { readOperationStory } from './read-operation-story.ts'

const PAGE = 50
/** Longer than calls take; a summary runs for a minute at most. */
const LONG_RUNNING_MS = 2 * 60_000

/** The operators' view and actions, on separate connections: their queries never delay a call. */
export function createOperatorService(sources: {
  stores: Pick<Stores, 'operator' | 'server'>
  backend: BillingBackend
  services: Pick<ApiServices, 'metering' | 'logger'> & { signReceipt: SignReceipt }
  refusals: RefusalLog
  drift: DriftLog
  now?: () => Date
}): OperatorService {
  const { refusals, drift, now = () => new Date() } = sources
  const { operator: database, server } = sources.stores
  const shared = { ...sources.services, database, backend: sources.backend }
  const running = () =>
    listRunning(database, {
      startedBefore: new Date(now().getTime() - LONG_RUNNING_MS),
      limit: PAGE,
    })
  const unsynced = () => listUnsynced(database, { limit: PAGE })
  return {
    running,
    unsynced,
    overview: async () => ({
      backlog: await readRelayBacklog(await openMeteringDatabase(database)),
      running: (await running()).length,
      unsynced: (await unsynced()).length,
      drifted: drift.read()?.total ?? null,
    }),
    figures: (days) => readFiguresWithValues(shared, { days, now: now() }),
    async quarantined({ cursor }) {
      const { items, hasMore } = await listQuarantined(database, {
        limit: PAGE,
        after: readPlace(cursor),
      })
      const last = items.at(-1)
      return { items, nextCursor: hasMore && last ? writePlace(last) : null }
    },
    drift: () => drift.read(),
    refusals: () => refusals.read(),
    find: (text) => findCustomer({ metering: database, server }, text),
    async customer(customerId, cursor) {
      const known = await inspectCustomer(database, customerId)
      const page = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }
      return {
        customerId,
        owner: await findOwner(server, customerId),
        plan: known?.plan ?? null,
        syncedAt: known?.syncedAt ?? null,
        balances: known?.balances ?? [],
        ledger: await readLedgerPage(
          await openMeteringDatabase(database),
          toCustomerId(customerId),
          page,
        ),
      }
    },
    operation: (operationId) => readOperationStory(shared, operationId),
    changes: (page) => listOperatorChanges(database, { ...page, limit: PAGE }),
    operators: () => listOperators(server),
    ...changesOf(shared, drift),
  }
}

/** The operators' manual changes. */
function changesOf(
  shared: { database: Database; backend: BillingBackend },
  drift: DriftLog,
): Pick<OperatorService, 'release' | 'quarantine' | 'replay' | 'accept' | 'redeliver'> {
  const { database } = shared
  return {
    release: async (operationId, author) =>
      (await releaseHold(database, operationId, author)) === 'released',
    quarantine: (transactionId, author) => quarantineEvent(database, transactionId, author),
    replay: async (transactionId, author) =>
      (await replayQuarantined(database, author, transactionId)) > 0,
    accept: (event, author) => acceptRecorded(database, event, author),
    async redeliver(transactionId, author) {
      const lost = drift.findLost(transactionId)
      if (!lost) return false
      const [receipt] = await redeliverLost({ ...shared, author }, [lost])
      if (receipt?.outcome !== 'recorded') return false
      drift.forget(transactionId)
      return true
    },
  }
}

const placeSchema = z.tuple([z.string(), z.uuid(), z.string()])

function writePlace({ customerId, operationId, meter }: QuarantinedEvent): string {
  return JSON.stringify([customerId, operationId, meter])
}

/** The end of the previous page; the beginning if the cursor was not written here. */
function readPlace(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const parsed = placeSchema.safeParse(parseJson(cursor))
  if (!parsed.success) return undefined
  const [customerId, operationId, meter] = parsed.data
  return { customerId, operationId, meter }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
