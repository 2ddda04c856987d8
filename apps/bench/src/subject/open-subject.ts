import { Flowglad } from '@flowglad/node'
import { FlowgladServer } from '@flowglad/server'
import { catalog } from '@tollgate/contract/catalog'
import { type Database, hotPathSettings, migrate, openDatabase } from '@tollgate/database'
import { flowgladBackend } from '@tollgate/flowglad'
import { createMetering, type Metering, type MeteringPolicy } from '@tollgate/metering'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { countRoundTrips } from './count-round-trips.ts'
import { benchCustomer, serveBench } from './serve-bench.ts'
import type { SubjectOptions } from './subject-requests.ts'

/** The real server's number of connections for metering. */
export const CONNECTIONS_MAX = 20

/**
 * A customer who returns after half a minute is synced from the backend again, in the background. In a short cell that would affect every
 * first call, so accounts stay fresh for the whole run.
 */
const FRESH_MS = 3_600_000

/** The system under test: metering as the server uses it, over HTTP and in process. */
export type Subject = {
  port: number
  database: Database
  /** Concurrent calls share statements. */
  gathered: Metering
  /** Every call has its own statements. */
  single: Metering
  sync(customerId: string): Promise<unknown>
  roundTrips(): number
  close(): Promise<void>
}

/** Opens database, metering and HTTP server in this process. */
export async function openSubject({ databaseUrl, flowglad }: SubjectOptions): Promise<Subject> {
  const database = openDatabase({
    url: databaseUrl,
    maxConnections: CONNECTIONS_MAX,
    applicationName: 'tollgate-bench',
    settings: hotPathSettings,
  })
  await migrate(database, { name: 'metering', directory: METERING_MIGRATIONS })
  const counted = countRoundTrips(database)
  const access = { apiKey: flowglad.apiKey, baseURL: flowglad.baseUrl }
  const backend = flowgladBackend({
    catalog,
    flowglad: (customerExternalId, getCustomerDetails) =>
      new FlowgladServer({ ...access, customerExternalId, getCustomerDetails }),
    api: new Flowglad({ ...access, logLevel: 'off' }),
    selfHosted: true,
  })
  const open = (policy: Partial<MeteringPolicy>) =>
    createMetering({
      database: counted.database,
      backend,
      catalog,
      secret: SECRET,
      policy: { freshForMs: FRESH_MS, ...policy },
    })
  const gathered = open({})
  const server = await serveBench({ metering: gathered, flowglad })
  return {
    port: server.port,
    database,
    gathered,
    single: open({ maxBatchSize: 1, maxConcurrentBatches: CONNECTIONS_MAX }),
    sync: (customerId) => gathered.sync(benchCustomer(customerId)),
    roundTrips: counted.count,
    async close() {
      await server.close()
      await gathered.stop()
      await database.close()
    },
  }
}

/** Nothing here outlives the run. */
const SECRET = 'a secret that protects nothing but a benchmark'
