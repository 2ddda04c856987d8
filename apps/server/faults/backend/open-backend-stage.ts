import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Flowglad } from '@flowglad/node'
import { FlowgladServer } from '@flowglad/nextjs/server'
import {
  type BillingBackend,
  type BillingCustomer,
  credits,
  customerId,
  defineCatalog,
  transactionId,
  type UsageDelivery,
} from '@tollgate/contract'
import { ensureDatabase } from '@tollgate/database'
import { type FlowgladFactory, flowgladBackend, type FlowgladPolicy } from '@tollgate/flowglad'
import { startBillingServer } from '@tollgate/ledger/http'
import { testPostgresUrl } from '@tollgate/testing/database'
import { payAt } from '../../fixtures/billing-admin-client.ts'
import { type InterceptingProxy, startInterceptingProxy } from './start-intercepting-proxy.ts'

/** The ways in which an application can pass Flowglad to us. */
export type Mode = 'the factory alone' | 'the factory and the API'
export const MODES: readonly Mode[] = ['the factory alone', 'the factory and the API']

/** Our billing backend behind a proxy that a test controls, and `flowgladBackend()` in front of both. */
export type BackendStage = {
  proxy: InterceptingProxy
  openBackend(mode: Mode, policy?: Partial<FlowgladPolicy>): BillingBackend
  /** As our own server opens it. */
  openOwn(): BillingBackend
  /** Queries the backend directly, bypassing the proxy. */
  api(path: string, body: object): Promise<Response>
  close(): Promise<void>
}

/** Starts the billing backend with two paid plans, over HTTP. */
export async function openBackendStage(): Promise<BackendStage> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-backend-'))
  const name = `backend_${randomUUID().replaceAll('-', '')}`
  await ensureDatabase({ url: testPostgresUrl(), name })
  const billing = await startBillingServer({
    databaseUrl: new URL(`/${name}`, testPostgresUrl()).href,
    port: 0,
    apiKeyFile: path.join(directory, 'billing-api-key'),
    pricingPath: PRICING,
  })
  const proxy = await startInterceptingProxy(billing.url)
  const access = { apiKey: billing.apiKey, baseURL: proxy.url }
  const factory: FlowgladFactory = (customerExternalId, getCustomerDetails) =>
    new FlowgladServer({ ...access, customerExternalId, getCustomerDetails })
  return {
    proxy,
    openBackend(mode, policy) {
      const api = new Flowglad({ ...access, logLevel: 'off' })
      const options = { catalog, flowglad: factory, policy: { ...PATIENT, ...policy } }
      return flowgladBackend(mode === 'the factory alone' ? options : { ...options, api })
    },
    openOwn: () =>
      flowgladBackend({
        catalog,
        flowglad: factory,
        policy: PATIENT,
        api: new Flowglad({ ...access, logLevel: 'off' }),
        selfHosted: true,
      }),
    api: (route, body) =>
      fetch(`${billing.url}/api/v1${route}`, {
        method: 'POST',
        headers: { authorization: billing.apiKey, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async close() {
      await proxy.close()
      await billing.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const PRICING = fileURLToPath(
  new URL('../../../../packages/ledger/conformance/plans.yaml', import.meta.url),
)
/** Generous, so that only timeouts that a test sets itself can expire on a busy machine. */
const PATIENT = { deadlineMs: 20_000, changeDeadlineMs: 20_000, failuresToOpen: 1000 }

const catalog = defineCatalog({
  meters: { images: { name: 'Images', unit: 'image', units: 'images' } },
  features: { hd: { name: 'HD' } },
  prices: {
    free_monthly: { product: 'free', name: 'Free' },
    pro_monthly: { product: 'pro', name: 'Pro' },
    team_monthly: { product: 'team', name: 'Team' },
    more_once: { product: 'more', name: 'More images' },
  },
})

export function newCustomer(): BillingCustomer {
  return { customerId: customerId(`cus_${randomUUID()}`), name: 'Ada', email: 'ada@example.com' }
}

/** Creates a customer on the free plan and returns its subscription. */
export async function subscriptionOf(
  backend: BillingBackend,
  customer: BillingCustomer,
): Promise<string> {
  const { subscription } = await backend.readCustomer(customer)
  if (!subscription) throw new Error(`${customer.customerId} has no subscription.`)
  return subscription.id
}

export async function imagesOf(
  backend: BillingBackend,
  customer: BillingCustomer,
): Promise<number> {
  const { meters } = await backend.readCustomer(customer)
  return meters.find(({ meter }) => meter === 'images')?.available ?? 0
}

/** Buys a price on the hosted page. */
export async function buy(
  backend: BillingBackend,
  customer: BillingCustomer,
  priceSlug: string,
): Promise<void> {
  const urls = { successUrl: 'http://127.0.0.1/done', cancelUrl: 'http://127.0.0.1/' }
  await payAt((await backend.openCheckout({ customer, priceSlug, ...urls })).url)
}

/** Usage of one image or more, with its own id. */
export function usage(
  customer: BillingCustomer,
  subscriptionId: string,
  amount: number,
): UsageDelivery {
  const id = randomUUID()
  return {
    transactionId: transactionId(`tx_${id}`),
    customerId: customer.customerId,
    subscriptionId,
    meter: 'images',
    amount: credits(amount),
    occurredAt: Date.now(),
    operationId: `op_${id}`,
  }
}
