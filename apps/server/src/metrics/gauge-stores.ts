import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import { Gauge, type Registry } from 'prom-client'
import { type BackupSources, gaugeBackups } from './gauge-backups.ts'

/** Well below the timeout of a scrape. */
const READ_MS_MAX = 1500

/** The sources of the gauges at every scrape. */
export type MetricSources = {
  metering: Pick<Metering, 'backlog' | 'health'>
  /** By the name of their pool. */
  databases: Record<
    string,
    Pick<Database, 'lostListeners'> & {
      pool: Pick<Database['pool'], 'totalCount' | 'idleCount' | 'waitingCount'>
    }
  >
  backups: BackupSources
}

/** Gauges of the databases and their contents; absent until the returned function sets their sources. */
export function gaugeStores(options: {
  registry: Registry
  logger: Logger
}): (sources: MetricSources) => void {
  const { registry, logger } = options
  let sources: MetricSources | null = null
  let reading: Promise<Figures | null> | null = null

  // Registered before the gauges below, whose own statements would otherwise be counted as waiting.
  gaugeConnections(registry, () => sources?.databases ?? {})

  /** All gauges of one scrape share one read of the database. */
  function read(): Promise<Figures | null> {
    reading ??= readFigures(sources, logger).finally(() => (reading = null))
    // A read that hangs must not hide the metrics of the process.
    return Promise.race([reading, delay(READ_MS_MAX, null, { ref: false })])
  }

  const gauge = (name: string, help: string, pick: (figures: Figures) => number) =>
    new Gauge({
      name: `tollgate_${name}`,
      help,
      registers: [registry],
      async collect() {
        const figures = await read()
        // A stale value would look like a quiet hour; an absent one can raise an alert.
        if (figures === null) this.remove()
        else this.set(pick(figures))
      },
    })

  new Gauge({
    name: 'tollgate_outbox_usage_events',
    help: 'Usage events in the outbox, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const figures = await read()
      this.reset()
      if (figures === null) return
      this.set({ state: 'pending' }, figures.pending)
      this.set({ state: 'quarantined' }, figures.quarantined)
    },
  })
  gauge(
    'outbox_oldest_usage_event_age_seconds',
    'Age of the oldest pending usage event; 0 when there is none.',
    ({ oldestAgeMs }) => oldestAgeMs / 1000,
  )
  gauge('running_operations', 'Holds whose work has not ended.', ({ running }) => running)
  gauge(
    'oldest_running_operation_age_seconds',
    'How long the oldest running operation has run; 0 when none does.',
    ({ oldestRunningMs }) => oldestRunningMs / 1000,
  )
  gauge(
    'stale_customers',
    'Customers with undelivered usage whose balance is too old to sell to them.',
    ({ staleCustomers }) => staleCustomers,
  )
  new Gauge({
    name: 'tollgate_database_up',
    help: 'Whether the database of metering answered the last scrape.',
    registers: [registry],
    async collect() {
      if (sources === null) this.remove()
      else this.set((await read()) === null ? 0 : 1)
    },
  })
  gaugeBackups({ registry, sources: () => sources?.backups ?? {}, logger })
  return (found) => (sources = found)
}

function gaugeConnections(registry: Registry, databases: () => MetricSources['databases']): void {
  new Gauge({
    name: 'tollgate_database_connections',
    help: 'Connections of this process by pool, and statements that wait for one.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [name, { pool }] of Object.entries(databases())) {
        this.set({ pool: name, state: 'busy' }, pool.totalCount - pool.idleCount)
        this.set({ pool: name, state: 'idle' }, pool.idleCount)
        this.set({ pool: name, state: 'waiting' }, pool.waitingCount)
      }
    },
  })
  new Gauge({
    name: 'tollgate_lost_listening_connections',
    help: 'Connections that listen for changes and are lost, until they are restored.',
    registers: [registry],
    collect() {
      const all = Object.values(databases())
      this.set(all.reduce((sum, database) => sum + database.lostListeners(), 0))
    },
  })
}

type Figures = Awaited<ReturnType<Metering['backlog']>> & Awaited<ReturnType<Metering['health']>>

async function readFigures(sources: MetricSources | null, logger: Logger): Promise<Figures | null> {
  if (sources === null) return null
  try {
    const { metering } = sources
    const [backlog, health] = await Promise.all([metering.backlog(), metering.health()])
    return { ...backlog, ...health }
  } catch (error) {
    logger.warn({ error }, 'metrics: reading the database failed')
    return null
  }
}
