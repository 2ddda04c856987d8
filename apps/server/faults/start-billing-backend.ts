import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  createPostgresProxy,
  type FaultyProcess,
  type PostgresProxy,
  startProcess,
} from '@tollgate/testing/faults'

const BILLING = fileURLToPath(new URL('../../billing', import.meta.url))

/** The self-hosted billing backend as a process of its own, the key that opens it, and the proxy to its database. */
export type BillingBackend = {
  url: string
  apiKey: string
  process: FaultyProcess
  postgres: PostgresProxy
  /** Starts it again on the same port. */
  restart(options?: { wait?: boolean }): Promise<void>
  stop(): Promise<void>
}

/** Starts it with its books in the database at `databaseUrl`. */
export async function startBillingBackend(options: {
  databaseUrl: string
  dataDirectory: string
}): Promise<BillingBackend> {
  const postgres = await createPostgresProxy({
    targetPort: Number(new URL(options.databaseUrl).port),
  })
  const launch = (how: { port?: number; wait?: boolean } = {}) =>
    startProcess({
      cwd: BILLING,
      args: ['--import', 'tsx', 'src/main.ts'],
      ...how,
      readyPath: '/healthz',
      environment: (ownPort) => ({
        BILLING_PORT: String(ownPort),
        BILLING_DATABASE_URL: postgres.through(options.databaseUrl),
        DATA_DIR: options.dataDirectory,
        LOG_LEVEL: 'warn',
      }),
    })
  const started = await launch()
  const key = await readFile(path.join(options.dataDirectory, 'billing-api-key'), 'utf8')
  const backend: BillingBackend = {
    url: started.url,
    apiKey: key.trim(),
    process: started,
    postgres,
    async restart(how = {}) {
      backend.process = await launch({ ...how, port: Number(new URL(started.url).port) })
    },
    async stop() {
      await backend.process.stop(5000)
      await postgres.close()
    },
  }
  return backend
}
