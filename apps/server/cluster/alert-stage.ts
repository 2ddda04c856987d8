import { createServer } from 'node:http'
import { type Database, openDatabase } from '@tollgate/database'
import {
  createFaultyHttpProxy,
  createPostgresProxy,
  type FaultyHttpProxy,
  type PostgresProxy,
  seededRandom,
} from '@tollgate/testing/faults'
import { programDatabases } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { listenOnLoopback } from '@tollgate/testing/listen-on-loopback'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { recordBackup } from '../src/backup/last-backup.ts'
import { openFlowglad } from '../src/flowglad.server.ts'

/** A whole server with its database and billing backend behind proxies, and everything that a fault needs. */
export type AlertStage = {
  server: Awaited<ReturnType<typeof startTestServer>>
  token: string
  guest: Guest
  postgres: PostgresProxy
  billing: FaultyHttpProxy
  databaseUrl: string
  /** As a superuser, bypassing the proxy. */
  database: Database
  close(): Promise<void>
}

/** Starts the stage; this server's model never responds. */
export async function openAlertStage(): Promise<AlertStage> {
  const token = 'the-token-of-the-scraper'
  const billingPort = await freePort()
  const databases = await programDatabases()
  const { DATABASE_URL: databaseUrl } = databases
  const postgres = await createPostgresProxy({ targetPort: Number(new URL(databaseUrl).port) })
  const target = `http://127.0.0.1:${billingPort}`
  const billing = await createFaultyHttpProxy({ target, random: seededRandom(1) })
  const model = createServer((request) => void request.resume())
  const modelPort = await listenOnLoopback(model)
  const environment = {
    ...databases,
    METERING_DATABASE_URL: postgres.through(databaseUrl),
    BILLING_PORT: String(billingPort),
    METRICS_TOKEN: token,
    DRIFT_CHECK_MINUTES: '0.03',
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}`,
  }
  const server = await startTestServer(environment, {
    openBackend: (options) => openFlowglad({ ...options, baseUrl: billing.url }),
  })
  recordBackup(server.config.dataDirectory, new Date())
  const database = openDatabase({ url: databaseUrl, maxConnections: 2 })
  const guest = await signInAsGuest(server.url)
  await guest.call('tools.qrCode', { text: 'the first call of a customer' })
  return {
    server,
    token,
    guest,
    postgres,
    billing,
    databaseUrl,
    database,
    async close() {
      await database.close()
      await server.close()
      await Promise.all([postgres.close(), billing.close()])
      model.closeAllConnections()
      model.close()
    },
  }
}
