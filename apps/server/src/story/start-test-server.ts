import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, silentLogger } from '@tollgate/contract'
import { ensureDatabase } from '@tollgate/database'
import { testPostgresUrl } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import type { Around } from '../around.ts'
import { readConfig } from '../config.ts'
import { startServer } from '../start-server.ts'

/** The whole server in this process, on databases of its own, with the self-hosted backend in a process beside it. */
export async function startTestServer(
  environment: Record<string, string> = {},
  around?: Around,
  logger: Logger = silentLogger,
) {
  const databases = await emptyDatabases()
  const dataDirectory = await mkdtemp(join(tmpdir(), 'tollgate-server-'))
  const [port, billingPort] = [await freePort(), await freePort()]
  const given = {
    NODE_ENV: 'test',
    PORT: String(port),
    BILLING_PORT: String(billingPort),
    DATA_DIR: dataDirectory,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'silent',
    ...databases,
    // One test file signs in more people from one address than a household.
    NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '5000',
    ...environment,
  }
  const config = readConfig(given)
  let server = await startServer(config, logger, around)
  return {
    url: server.url,
    billingUrl: server.billingUrl,
    routes: server.routes,
    config,
    /** Ends it and starts it again on the same data, with what is different. */
    restart: async (changed: Record<string, string>) => {
      await server.close()
      server = await startServer(readConfig({ ...given, ...changed }), logger, around)
      return server.url
    },
    close: async () => {
      await server.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Makes a database for a server and one for the billing backend; answers with the variables that name them. */
export async function emptyDatabases() {
  const admin = testPostgresUrl()
  const name = `server_${randomUUID().replaceAll('-', '')}`
  for (const database of [name, `${name}_billing`]) {
    await ensureDatabase({ url: admin, name: database })
  }
  return {
    DATABASE_URL: withName(admin, name),
    BILLING_DATABASE_URL: withName(admin, `${name}_billing`),
  }
}

function withName(url: string, database: string): string {
  const named = new URL(url)
  named.pathname = `/${database}`
  return named.href
}
