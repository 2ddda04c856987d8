import { loadPricing, type PricingFile } from '@tollgate/contract/pricing'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import type { Database } from '@tollgate/database'
import { createTestDatabase } from '@tollgate/testing/database'
import { setUpPricingModel } from '../catalog/set-up-pricing-model.ts'
import { createLedger, type LedgerOptions } from '../create-ledger.ts'
import { createLedgerApp } from '../http/create-ledger-app.ts'
import type { MeterBalance } from '../core/schemas/credits.ts'
import type { readBilling } from '../customers/read-billing.ts'
import type { Ledger } from '../core/ledger.ts'
import { MIGRATIONS } from '../migrations.ts'
import type { RichSubscription } from '../core/schemas/subscription.ts'
import { createApiKey, ensureOrganization } from '../organizations/organization.ts'
import { stderrLogger } from './stderr-logger.ts'

/** An answer of the backend, with the body that a test expects. */
export type BackendAnswer<Body = unknown> = { status: number; headers: Headers; body: Body }

/** A customer's billing as the backend answers it. */
export type Billing = Awaited<ReturnType<typeof readBilling>>

/** The backend without a socket: the same application, called directly, with its own database and clock. */
export type TestBackend = {
  ledger: Ledger
  database: Database
  /** The database URL of its owner. */
  databaseUrl: string
  organizationId: string
  /** The tenant's own key, for requests that a test sends itself. */
  apiKey: string
  time: { now: number }
  /** Sends a request with the tenant's key; a test declares the body it expects. */
  request<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<BackendAnswer<Body>>
  /** A customer on the free plan. */
  customer(externalId?: string): Promise<TestCustomer>
  /** Another tenant of the same backend. */
  tenant(name: string): Promise<Pick<TestBackend, 'request' | 'organizationId'>>
  close(): Promise<void>
}

/** A test's actions on one customer. */
export type TestCustomer = {
  externalId: string
  billing(): Promise<Billing>
  /** The subscription in force; fails if there is none. */
  subscription(): Promise<RichSubscription>
  /** One of its balances; fails if the meter has none. */
  balance(meter?: string): Promise<MeterBalance>
  use(
    amount: number,
    options?: {
      transactionId?: string
      subscriptionId?: string
      meter?: string
      usageDate?: number
    },
  ): Promise<BackendAnswer>
  buy(priceSlug: string): Promise<BackendAnswer>
}

let made = 0

/** Opens a backend with the default pricing, or the test's own. */
export async function openTestBackend(
  options: Partial<LedgerOptions> & { pricing?: PricingFile } = {},
): Promise<TestBackend> {
  const testDatabase = await createTestDatabase({
    template: 'ledger',
    migrations: MIGRATIONS,
    settings: { role: 'tollgate_ledger' },
  })
  const time = { now: Date.UTC(2026, 0, 31, 10) }
  const ledger = await createLedger({
    database: testDatabase.database,
    checkoutBaseUrl: 'http://127.0.0.1:3100',
    clock: { now: () => new Date(time.now) },
    logger: stderrLogger,
    ...options,
  })
  const app = createLedgerApp({ ledger })
  const tenant = async (name: string) => {
    const { id } = await ensureOrganization(ledger, name)
    const file = options.pricing ?? loadPricing(PRICING_PATH)
    await setUpPricingModel(ledger, { organizationId: id, file })
    const key = await createApiKey(ledger, { organizationId: id, name: 'test' })
    return { organizationId: id, apiKey: key, request: requester(app, key) }
  }
  const own = await tenant('test')
  return {
    ...own,
    ledger,
    database: testDatabase.database,
    databaseUrl: testDatabase.url,
    time,
    tenant,
    customer: (externalId = `customer_${++made}`) => makeCustomer(own.request, externalId),
    close: async () => {
      await ledger.stop()
      await testDatabase.drop()
    },
  }
}

type App = ReturnType<typeof createLedgerApp>
type Request = TestBackend['request']

/** Returns the value; fails the test if there is none. */
export function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('Expected a value, got none.')
  return value
}

function requester(app: App, key: string): Request {
  return async (method, path, body) => {
    const response = await app.request(path.startsWith('/checkout/') ? path : `/api/v1${path}`, {
      method,
      headers: { authorization: key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: json ? JSON.parse(text) : text,
    }
  }
}

async function makeCustomer(request: Request, externalId: string): Promise<TestCustomer> {
  const customer = { externalId, name: 'Ada', email: 'ada@example.com' }
  await request('POST', '/customers', { customer })
  const billing = async () =>
    (await request<Billing>('GET', `/customers/${externalId}/billing`)).body
  const subscription = async () => present((await billing()).currentSubscription)
  return {
    externalId,
    billing,
    subscription,
    async balance(meter = 'image_generations') {
      const { body } = await request<{ usageMeterBalances: MeterBalance[] }>(
        'GET',
        `/customers/${externalId}/usage-balances`,
      )
      return present(body.usageMeterBalances.find(({ slug }) => slug === meter))
    },
    async use(amount, use = {}) {
      const usageEvent = {
        amount,
        subscriptionId: use.subscriptionId ?? (await subscription()).id,
        transactionId: use.transactionId ?? `tx_${++made}`,
        usageMeterSlug: use.meter ?? 'image_generations',
        usageDate: use.usageDate,
      }
      return request('POST', '/usage-events', { usageEvent })
    },
    async buy(priceSlug) {
      const opened = await request<{ url: string }>('POST', '/checkout-sessions', {
        checkoutSession: {
          type: 'product',
          customerExternalId: externalId,
          priceSlug,
          successUrl: 'http://localhost:3000/done',
          cancelUrl: 'http://localhost:3000/',
        },
      })
      if (opened.status !== 200) return opened
      return request('POST', `/checkout/${new URL(opened.body.url).pathname.split('/').at(-1)}/pay`)
    },
  }
}
