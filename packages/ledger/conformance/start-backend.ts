import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FlowgladServer, FlowgladServerAdmin } from '@flowglad/server'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { createTestDatabase } from '@tollgate/testing/database'
import { type BillingServer, startBillingServer } from '../src/http.ts'
import { MIGRATIONS } from '../src/migrations.ts'
import { stderrLogger } from '../src/testing/stderr-logger.ts'

/** The real backend with its own database, and the unmodified SDK in front of it. */
export type Backend = BillingServer & {
  admin: FlowgladServerAdmin
  /** The SDK as a server uses it for one signed-in customer; a new customer if no id is given. */
  as(customerExternalId?: string): { externalId: string; flowglad: FlowgladServer }
  /** Buys a price through the hosted checkout page, as a customer would. */
  buy(customer: { flowglad: FlowgladServer }, priceSlug: string): Promise<void>
  /** How many requests have arrived so far. */
  requests(): number
}

/** Starts the backend as `apps/billing` does, with the given pricing file. */
export async function startBackend(options: { pricingPath?: string } = {}): Promise<Backend> {
  const testDatabase = await createTestDatabase({ template: 'ledger', migrations: MIGRATIONS })
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-contract-'))
  const server = await startBillingServer({
    databaseUrl: testDatabase.url,
    port: 0,
    pricingPath: PRICING_PATH,
    apiKeyFile: path.join(directory, 'billing-api-key'),
    logger: stderrLogger,
    ...options,
  })
  let requests = 0
  const counting: typeof fetch = (...request) => {
    requests++
    return fetch(...request)
  }
  const { apiKey, url } = server
  return {
    ...server,
    admin: new FlowgladServerAdmin({ apiKey, baseURL: url, fetch: counting }),
    as(customerExternalId = randomUUID()) {
      const flowglad = new FlowgladServer({
        apiKey,
        baseURL: url,
        customerExternalId,
        getCustomerDetails: async () => ({ email: 'ada@example.com', name: 'Ada' }),
      })
      return { externalId: customerExternalId, flowglad }
    },
    async buy({ flowglad }, priceSlug) {
      const { url: page } = await flowglad.createCheckoutSession({
        priceSlug,
        successUrl: 'http://localhost:3000/bought',
        cancelUrl: 'http://localhost:3000/',
      })
      const answer = await fetch(`${page}/pay`, { method: 'POST', redirect: 'manual' })
      if (answer.status !== 303) throw new Error(`The payment was answered with ${answer.status}.`)
    },
    requests: () => requests,
    async close() {
      await server.close()
      await testDatabase.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
