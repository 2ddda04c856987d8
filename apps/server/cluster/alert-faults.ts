import { setTimeout as delay } from 'node:timers/promises'
import { customerId } from '@tollgate/contract'
import { loseUsageEvents } from '@tollgate/ledger/testing'
import {
  createChargeReader,
  quarantineEvent,
  releaseHold,
  replayQuarantined,
} from '@tollgate/metering/postgres'
import { forgetOperations } from '@tollgate/metering/testing'
import { vi } from 'vitest'
import { customerOf } from '../fixtures/guest.ts'
import { recordBackup } from '../src/backup/last-backup.ts'
import { loadSecrets } from '../src/load-secrets.ts'
import type { AlertStage } from './alert-stage.ts'

/** A fault as an operator would encounter it, the alerts it must raise, and its repair. */
export type AlertFault = {
  name: string
  alerts: string[]
  /** Causes the fault; returns a function that repairs it. */
  begin(stage: AlertStage): Promise<() => Promise<unknown>>
}

const PATIENTLY = { timeout: 60_000, interval: 50 }
/** More than the connections of the metering pool. */
const READERS = 30
const BLOCKED_MS = 600
const DAY_MS = 86_400_000
const AUTHOR = {
  operator: 'ops@example.com',
  via: 'command',
  reason: 'as the incident says',
} as const

/** One fault per alert; some raise several. */
export const ALERT_FAULTS: readonly AlertFault[] = [
  {
    name: 'database cut off',
    alerts: ['TollgateDatabaseDown', 'TollgateListeningLost'],
    async begin({ postgres }) {
      postgres.decide(() => ({ at: 'before' }))
      postgres.cutAll()
      return async () => postgres.decide(() => null)
    },
  },
  {
    name: 'billing backend away for an hour',
    alerts: ['TollgateDeliveriesFail', 'TollgateRelayBehind', 'TollgateStaleCustomers'],
    async begin(stage) {
      stage.billing.set({ down: true })
      await stage.guest.call('tools.qrCode', { text: 'sold while the backend is away' })
      await asIfLongAgo(stage, `update metering.outbox set occurred_at = now() - interval '1 hour'`)
      await asIfLongAgo(
        stage,
        `update metering.customer set synced_at = now() - interval '2 hours'`,
      )
      return async () => stage.billing.set({ down: false })
    },
  },
  {
    name: 'usage event in quarantine',
    alerts: ['TollgateUsageQuarantined'],
    async begin({ billing, database, guest }) {
      billing.set({ down: true })
      await guest.call('tools.qrCode', { text: 'never taken' })
      const id = await vi.waitUntil(async () => {
        const [row] = await database.query<{ id: string }>({
          text: 'select transaction_id as id from metering.outbox where transaction_id is not null',
        })
        return row?.id
      }, PATIENTLY)
      await quarantineEvent(database, id, AUTHOR)
      billing.set({ down: false })
      return () => replayQuarantined(database, AUTHOR)
    },
  },
  {
    name: 'backend restored from a backup',
    alerts: ['TollgateDrift'],
    async begin({ server, database, databaseUrl, guest }) {
      const secret = loadSecrets(server.config.dataDirectory).transaction
      const charges = createChargeReader({ database, secret })
      const customer = customerId(await customerOf(server.url, guest))
      const lost = await vi.waitUntil(async () => {
        const all = { from: 0, until: Date.now() + 60_000, after: null, limit: 10 }
        const page = await charges.charges({ customerId: customer, ...all })
        return page.charges.find(({ delivered }) => delivered)
      }, PATIENTLY)
      await loseUsageEvents(server.config.billingDatabaseUrl ?? '', [lost.transactionId])
      return () => forgetOperations(databaseUrl, [lost.operationId])
    },
  },
  {
    name: 'client that repeats a refused call',
    alerts: ['TollgateCallsRefused'],
    begin: ({ guest }) =>
      repeatedly(async () => {
        await guest.call('images.generate', { prompt: 'a fox', hd: true })
        await delay(50)
      }),
  },
  {
    name: 'lock that is held on accounts',
    alerts: ['TollgatePoolExhausted'],
    async begin({ database, guest }) {
      const lock = await database.pool.connect()
      await lock.query('begin; lock table metering.account in access exclusive mode')
      const stops = await Promise.all(
        Array.from({ length: READERS }, () => repeatedly(() => guest.read('billing.balance'))),
      )
      return async () => {
        await lock.query('rollback')
        lock.release()
        await Promise.all(stops.map((stop) => stop()))
      }
    },
  },
  {
    name: 'heavy work in the process',
    alerts: ['TollgateEventLoopBlocked'],
    begin: () =>
      repeatedly(async () => {
        const until = performance.now() + BLOCKED_MS
        while (performance.now() < until);
        await delay(100)
      }),
  },
  {
    name: 'model that never answers',
    alerts: ['TollgateHoldStuck'],
    async begin(stage) {
      const { database, guest } = stage
      const answer = guest.call('text.summarize', { text: 'One. Two. Three.', sentences: 1 })
      const id = await vi.waitUntil(async () => {
        const [row] = await database.query<{ id: string }>({
          text: "select operation_id as id from metering.operation where state = 'executing'",
        })
        return row?.id
      }, PATIENTLY)
      await asIfLongAgo(
        stage,
        `update metering.operation set started_at = now() - interval '1 hour'`,
      )
      return async () => {
        await releaseHold(database, id, AUTHOR)
        await answer
      }
    },
  },
  {
    name: 'backup that was forgotten for two days',
    alerts: ['TollgateBackupTooOld'],
    async begin({ server }) {
      const { dataDirectory } = server.config
      recordBackup(dataDirectory, new Date(Date.now() - 2 * DAY_MS))
      return async () => recordBackup(dataDirectory, new Date())
    },
  },
  {
    name: 'server stopped',
    alerts: ['TollgateServerDown'],
    async begin({ server }) {
      await server.stop()
      return () => server.restart({})
    },
  },
]

/** Repeats an action until the returned function is called. */
async function repeatedly(work: () => Promise<unknown>): Promise<() => Promise<void>> {
  let isOver = false
  const done = (async () => {
    while (!isOver) await work()
  })()
  return async () => {
    isOver = true
    await done
  }
}

/** Backdates the existing rows, with the triggers that forbid it disabled for this transaction. */
async function asIfLongAgo({ database }: AlertStage, text: string): Promise<void> {
  await database.transaction(async ({ query }) => {
    await query({ text: 'set local session_replication_role = replica' })
    await query({ text })
  })
}
