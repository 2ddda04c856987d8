import { randomUUID } from 'node:crypto'
import { requestHandler } from '@flowglad/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Backend, startBackend } from './start-backend.ts'

let backend: Backend

beforeAll(async () => {
  const pricingPath = new URL('plans.yaml', import.meta.url).pathname
  backend = await startBackend({ pricingPath })
})
afterAll(() => backend.close())

type Browser = {
  customer: ReturnType<Backend['as']>
  subscriptionId: string
  /** Sends what the browser's hooks send through the SDK's handler. */
  post(route: string, body?: unknown): Promise<{ status: number; data?: unknown; error?: unknown }>
}

async function browser(plan: 'free' | 'pro' = 'free'): Promise<Browser> {
  const customer = backend.as()
  await customer.flowglad.getBilling()
  if (plan === 'pro') await backend.buy(customer, 'pro_monthly')
  const { currentSubscription } = await customer.flowglad.getBilling()
  const handler = requestHandler<null>({
    getCustomerExternalId: async () => customer.externalId,
    flowglad: () => customer.flowglad,
    apiKey: backend.apiKey,
    baseURL: backend.url,
  })
  return {
    customer,
    subscriptionId: currentSubscription?.id ?? '',
    post: (route, body = {}) => handler({ path: route.split('/'), method: POST, body }, null),
  }
}

type Method = Parameters<ReturnType<typeof requestHandler>>[0]['method']
// The SDK's type is an enum from a package that it does not re-export.
const POST: Method = JSON.parse('"POST"')

const returns = { successUrl: 'http://localhost:3000/ok', cancelUrl: 'http://localhost:3000/no' }

/** The eighteen sub-routes of the published version, with their requests and responses. */
const ROUTES: Record<
  string,
  { plan?: 'pro'; body?: (browser: Browser) => unknown; data: object | undefined; status?: number }
> = {
  'customers/billing': {
    data: { customer: { name: 'Ada' }, currentSubscription: { isFreePlan: true } },
  },
  'customers/find-or-create': {
    body: ({ customer }) => ({ externalId: customer.externalId }),
    data: { customer: { name: 'Ada' } },
  },
  'customers/update': {
    body: ({ customer }) => ({
      externalId: customer.externalId,
      customer: { id: 'cust_x', name: 'Grace' },
    }),
    data: { customer: { name: 'Grace' } },
  },
  'checkout-sessions/create': {
    body: () => ({ priceSlug: 'pro_monthly', ...returns }),
    data: { checkoutSession: { status: 'open' }, url: expect.stringContaining('/checkout/') },
  },
  'checkout-sessions/create-add-payment-method': {
    body: () => returns,
    data: {
      checkoutSession: { type: 'add_payment_method' },
      url: expect.stringContaining('/add-payment-method/'),
    },
  },
  'checkout-sessions/create-activate-subscription': {
    body: ({ subscriptionId }) => ({ targetSubscriptionId: subscriptionId, ...returns }),
    data: { checkoutSession: { type: 'activate_subscription' } },
  },
  'subscriptions/cancel': {
    plan: 'pro',
    body: ({ subscriptionId }) => ({
      id: subscriptionId,
      cancellation: { timing: 'at_end_of_current_billing_period' },
    }),
    data: { subscription: { status: 'cancellation_scheduled' } },
  },
  'subscriptions/uncancel': {
    plan: 'pro',
    body: ({ subscriptionId }) => ({ id: subscriptionId }),
    data: { subscription: { status: 'active' } },
  },
  'subscriptions/adjust': {
    plan: 'pro',
    body: () => ({ priceSlug: 'team_monthly' }),
    data: { subscription: { name: 'Team Subscription' }, isUpgrade: true },
  },
  // Not implemented by the SDK itself, regardless of the backend.
  'subscriptions/create': {
    body: () => ({ priceSlug: 'pro_monthly' }),
    status: 501,
    data: undefined,
  },
  'usage-events/create': {
    body: () => ({ usageMeterSlug: 'images', transactionId: randomUUID() }),
    data: { usageEvent: { amount: 1 } },
  },
  'resources/usages': {
    plan: 'pro',
    data: { resources: [{ resourceSlug: 'seats', capacity: 3 }] },
  },
  'resources/usages/retrieve': {
    plan: 'pro',
    body: () => ({ resourceSlug: 'seats' }),
    data: { usage: { capacity: 3 } },
  },
  'resources/claim': {
    plan: 'pro',
    body: () => ({ resourceSlug: 'seats', externalId: 'ada' }),
    data: { claims: [{ externalId: 'ada' }] },
  },
  'resources/release': {
    plan: 'pro',
    body: () => ({ resourceSlug: 'seats', externalId: 'ada' }),
    data: { releasedClaims: [], usage: { available: 3 } },
  },
  'resources/claims': {
    plan: 'pro',
    body: () => ({ resourceSlug: 'seats' }),
    data: { claims: [] },
  },
  'pricing-models/retrieve': { data: { pricingModel: { name: 'Contract' }, source: 'customer' } },
  'usage-meters/balances': {
    data: { usageMeterBalances: [{ slug: 'images', availableBalance: 10 }, {}] },
  },
}

describe('the SDK’s request handler', () => {
  it.each(Object.entries(ROUTES))('%s', async (route, { plan, body, data = {}, status = 200 }) => {
    const page = await browser(plan)
    const answer = await page.post(route, body?.(page))
    expect(answer.status, JSON.stringify(answer.error)).toBe(status)
    expect(answer.data ?? {}).toMatchObject(data)
  })
})
