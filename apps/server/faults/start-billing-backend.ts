import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  createPostgresProxy,
  type FaultyProcess,
  type PostgresProxy,
  startProcess,
} from '@tollgate/testing/faults'
import { buildPrograms } from '@tollgate/testing/programs'
import { startTogether } from '@tollgate/testing/start-together'

const STOP_MS_MAX = 5000
const BILLING = fileURLToPath(new URL('../../billing', import.meta.url))

/** The self-hosted billing backend in its own process, its API key, and the proxy to its database. */
export type BillingBackend = {
  url: string
  apiKey: string
  /** The most recently started process. */
  readonly process: FaultyProcess
  postgres: PostgresProxy
  /** Restarts it on the same port. */
  restart(options?: { wait?: boolean }): Promise<void>
  stop(): Promise<void>
}

/** Starts it with its ledger in the database at `databaseUrl`. */
export async function startBillingBackend(options: {
  databaseUrl: string
  dataDirectory: string
}): Promise<BillingBackend> {
  return startTogether(async (defer) => {
    const postgres = await createPostgresProxy({
      targetPort: Number(new URL(options.databaseUrl).port),
    })
    defer(postgres.close)
    const { billing: program, args } = await buildPrograms()
    const launch = (how: { port?: number; wait?: boolean } = {}) =>
      startProcess({
        cwd: BILLING,
        args: [...args, program],
        ...how,
        readyPath: '/healthz',
        environment: (ownPort) => ({
          BILLING_PORT: String(ownPort),
          BILLING_DATABASE_URL: postgres.through(options.databaseUrl),
          DATA_DIR: options.dataDirectory,
          LOG_LEVEL: 'warn',
        }),
      })
    let running = await launch()
    defer(() => running.stop(STOP_MS_MAX))
    const { url } = running
    const key = await readFile(path.join(options.dataDirectory, 'billing-api-key'), 'utf8')
    return {
      url,
      apiKey: key.trim(),
      get process() {
        return running
      },
      postgres,
      async restart(how = {}) {
        running = await launch({ ...how, port: Number(new URL(url).port) })
      },
    }
  })
}
