import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { openDatabase } from '@tollgate/database'
import { createLedgerApp, startBillingServer } from '@tollgate/ledger/http'
import { createAuth } from '../../src/auth/create-auth.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/create-logger.ts'
import { startServer } from '../../src/start-server.ts'
import type { FuzzedRoute } from './fuzzed-route.ts'
import { billingRoutes, serverRoutes } from './read-routes.ts'

/** Both programs under test in one process. */
export type FuzzTarget = {
  server: string
  /** The server's own backend, which is not fuzzed, and its API key. */
  backend: string
  backendKey: string
  billing: string
  apiKey: string
  routes: FuzzedRoute[]
}

/** What the idle process retains. */
export type FuzzFigures = {
  /** Everything that keeps the event loop alive, counted by kind. */
  handles: Record<string, number>
  heapBytes: number
  rssBytes: number
}

const [controlPort, databaseUrl = ''] = process.argv.slice(2)
const config = readConfig()
const logger = createLogger('error')
const server = await startServer(config, logger)
// Separate from the server's own backend, because changes to customers or prices would affect the server's calls.
const billing = await startBillingServer({
  databaseUrl,
  port: 0,
  pricingPath: PRICING_PATH,
  apiKeyFile: join(config.dataDirectory, 'fuzzed-billing-api-key'),
  allowedReturnOrigins: [config.publicUrl],
  logger,
})

const document: unknown = await (await fetch(`${billing.url}/openapi.json`)).json()
const target: FuzzTarget = {
  server: server.url,
  backend: server.billingUrl ?? '',
  backendKey: readFileSync(join(config.dataDirectory, 'billing-api-key'), 'utf8').trim(),
  billing: billing.url,
  apiKey: billing.apiKey,
  routes: [
    ...serverRoutes(server.routes, signInLibrary()),
    ...billingRoutes(createLedgerApp({ ledger: billing.ledger }).routes, document),
  ],
}

// On its own port, so that the measurement is not part of the result.
createServer((request, response) => {
  response.setHeader('connection', 'close')
  if (request.url !== '/figures') return void response.end(JSON.stringify(target))
  void figures().then((found) => response.end(JSON.stringify(found)))
}).listen(Number(controlPort), '127.0.0.1')

/** The library as the server configures it; only used to list its routes. */
function signInLibrary() {
  return createAuth({
    database: openDatabase({ url: databaseUrl, maxConnections: 1 }),
    secret: 'only-for-its-routes',
    baseUrl: server.url,
    trustedOrigins: [],
    secureCookies: false,
    logger,
  })
}

async function figures(): Promise<FuzzFigures> {
  // Objects released by finalizers are only freed by the next collection.
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.()
    await delay(50)
  }
  const handles: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1
  const { heapUsed, rss } = process.memoryUsage()
  return { handles, heapBytes: heapUsed, rssBytes: rss }
}
