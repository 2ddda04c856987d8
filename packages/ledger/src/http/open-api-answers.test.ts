import { fileURLToPath } from 'node:url'
import { loadPricing } from '@tollgate/contract/pricing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createApiKey, readApiKeys } from '../organizations/organization.ts'
import {
  openTestBackend,
  present,
  type TestBackend,
  type TestCustomer,
} from '../testing/test-backend.ts'
import { createLedgerApp } from './create-ledger-app.ts'

const plans = fileURLToPath(new URL('../../conformance/plans.yaml', import.meta.url))
const documentShape = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.unknown() }))),
})
const answerShape = z.looseObject({
  200: z.looseObject({
    content: z.looseObject({ 'application/json': z.looseObject({ schema: z.unknown() }) }),
  }),
})

let backend: TestBackend
let paths: z.output<typeof documentShape>['paths']
let ada: TestCustomer

beforeAll(async () => {
  backend = await openTestBackend({ pricing: loadPricing(plans) })
  const app = createLedgerApp({ ledger: backend.ledger })
  paths = documentShape.parse(await (await app.request('/openapi.json')).json()).paths
  const webhook = { url: 'http://127.0.0.1:9/hook' }
  await backend.request('POST', '/webhooks', { webhook })
  ada = await subscriber()
  await ada.buy('more_once')
  await ada.use(2, { transactionId: 'first', meter: 'images' })
})
afterAll(() => backend.close())

type Sample = [target: string, body?: object]

const get = (target: string) => async (): Promise<Sample> => [target]

/** One request for every operation of the document. */
const SAMPLES: Record<string, () => Promise<Sample>> = {
  'post /customers': async () => [
    '/customers',
    { customer: { externalId: 'grace', name: 'Grace', email: 'grace@example.com' } },
  ],
  'get /customers': get('/customers'),
  'get /customers/{externalId}': async () => [own('')],
  'put /customers/{externalId}': async () => [own(''), { customer: { name: 'A' } }],
  'post /customers/{externalId}/archive': async () => [
    `/customers/${(await backend.customer()).externalId}/archive`,
  ],
  'post /customers/{externalId}/anonymize': async () => [
    `/customers/${(await backend.customer()).externalId}/anonymize`,
    { customer: { name: 'Deleted', email: 'deleted@customer.invalid' } },
  ],
  'post /customers/{externalId}/move': async () => [
    `/customers/${(await subscriber()).externalId}/move`,
    { move: { toExternalId: (await backend.customer()).externalId, idempotencyKey: 'moved' } },
  ],
  'get /customers/{externalId}/billing': async () => [own('/billing')],
  'get /customers/{externalId}/usage-balances': async () => [own('/usage-balances')],
  'get /customers/{externalId}/usage-events': async () => [own('/usage-events')],
  'get /customers/{externalId}/open-checkouts': async () => [own('/open-checkouts')],
  'get /customers/{externalId}/ledger-entries': async () => [own('/ledger-entries?limit=3')],
  'post /customers/{externalId}/grants': async () => [
    own('/grants'),
    { grant: { usageMeterSlug: 'images', amount: 5, name: 'a gift' } },
  ],
  'post /customers/{externalId}/revocations': async () => [
    own('/revocations'),
    { revocation: { usageMeterSlug: 'images', amount: 5, name: 'a mistake' } },
  ],
  'post /customers/{externalId}/plan': async () => [
    `/customers/${(await backend.customer()).externalId}/plan`,
    { plan: { priceSlug: 'pro_monthly', returnUrl: 'http://127.0.0.1:3000/plans' } },
  ],
  'post /usage-events': async () => ['/usage-events', { usageEvent: await event('one') }],
  'post /usage-events/bulk': async () => [
    '/usage-events/bulk',
    { usageEvents: [await event('two'), await event('three')] },
  ],
  'get /usage-events': get('/usage-events'),
  'get /usage-events/{usageEventId}': async () => [
    `/usage-events/${await firstOf('/usage-events')}`,
  ],
  'get /payments': get('/payments'),
  'post /payments/{paymentId}/refund': async () => [
    `/payments/${await firstOf('/payments')}/refund`,
    {},
  ],
  'get /pricing-models/default': get('/pricing-models/default'),
  'get /pricing-models/{pricingModelId}': async () => [`/pricing-models/${await modelId()}`],
  'get /pricing-models/{pricingModelId}/export': async () => [
    `/pricing-models/${await modelId()}/export`,
  ],
  'post /pricing-models/{pricingModelId}/clone': async () => [
    `/pricing-models/${await modelId()}/clone`,
    { name: 'Copy' },
  ],
  'post /pricing-models/setup': async () => ['/pricing-models/setup', loadPricing(plans)],
  'post /products': async () => [
    '/products',
    {
      product: { name: 'Extra', slug: 'extra', pricingModelId: await modelId(), active: true },
      price: { type: 'single_payment', unitPrice: 700, isDefault: true },
    },
  ],
  'put /products/{productId}': async () => {
    const { id, name } = present((await model()).products[0])
    return [`/products/${id}`, { product: { name } }]
  },
  'post /usage-meters': async () => [
    '/usage-meters',
    { usageMeter: { name: 'Minutes', slug: 'minutes', pricingModelId: await modelId() } },
  ],
  'get /usage-meters/{usageMeterId}': async () => [`/usage-meters/${(await meter()).id}`],
  'put /usage-meters/{usageMeterId}': async () => [
    `/usage-meters/${(await meter()).id}`,
    { usageMeter: { name: 'Pictures' } },
  ],
  'post /subscriptions': async () => [
    '/subscriptions',
    { customerExternalId: (await payer()).externalId, priceSlug: 'pro_monthly' },
  ],
  'get /subscriptions/{subscriptionId}': async () => [await subscription(ada, '')],
  'post /subscriptions/{subscriptionId}/cancel': async () => [
    await subscription(await subscriber(), '/cancel'),
    { cancellation: { timing: 'at_end_of_current_billing_period' } },
  ],
  'post /subscriptions/{subscriptionId}/uncancel': async () => [
    await subscription(ada, '/uncancel'),
  ],
  'post /subscriptions/{subscriptionId}/adjust': async () => [
    await subscription(await subscriber(), '/adjust'),
    { adjustment: { newSubscriptionItems: [{ priceSlug: 'team_monthly' }] } },
  ],
  'post /subscriptions/{subscriptionId}/preview-adjust': async () => [
    await subscription(ada, '/preview-adjust'),
    { adjustment: { newSubscriptionItems: [{ priceSlug: 'team_monthly' }] } },
  ],
  'post /subscriptions/{subscriptionId}/cancel-scheduled-adjustment': async () => {
    const customer = await subscriber('team_monthly')
    await backend.request('POST', await subscription(customer, '/adjust'), {
      adjustment: { newSubscriptionItems: [{ priceSlug: 'pro_monthly' }] },
    })
    return [await subscription(customer, '/cancel-scheduled-adjustment')]
  },
  'post /checkout-sessions': async () => [
    '/checkout-sessions',
    {
      checkoutSession: {
        type: 'product',
        customerExternalId: ada.externalId,
        priceSlug: 'more_once',
        successUrl: 'http://localhost:3000/done',
        cancelUrl: 'http://localhost:3000/',
      },
    },
  ],
  'post /resource-claims/{subscriptionId}/claim': async () => [
    await claims('/claim'),
    { resourceSlug: 'seats', externalIds: ['ada', 'grace'] },
  ],
  'get /resource-claims/{subscriptionId}/claims': async () => [await claims('/claims')],
  'get /resource-claims/{subscriptionId}/usages': async () => [await claims('/usages')],
  'get /resource-claims/{subscriptionId}/usage': async () => [
    await claims('/usage?resourceSlug=seats'),
  ],
  'post /resource-claims/{subscriptionId}/release': async () => [
    await claims('/release'),
    { resourceSlug: 'seats', externalIds: ['ada'] },
  ],
  'get /webhooks': get('/webhooks'),
  'post /webhooks': async () => ['/webhooks', { webhook: { url: 'http://127.0.0.1:9/other' } }],
  'put /webhooks/{webhookId}': async () => [
    `/webhooks/${await firstOf('/webhooks')}`,
    { webhook: { active: true } },
  ],
  'get /webhooks/deliveries': get('/webhooks/deliveries?limit=3'),
  'post /webhooks/deliveries/{eventId}/replay': async () => {
    const { body } = await backend.request<{ data: { eventId: string }[] }>(
      'GET',
      '/webhooks/deliveries',
    )
    return [`/webhooks/deliveries/${present(body.data[0]).eventId}/replay`]
  },
  'get /api-keys': get('/api-keys'),
  'post /api-keys/{id}/revoke': async () => {
    const { ledger, organizationId } = backend
    await createApiKey(ledger, { organizationId, name: 'lost' })
    const keys = await readApiKeys(ledger, organizationId)
    return [`/api-keys/${present(keys.find(({ name }) => name === 'lost')).id}/revoke`]
  },
  'get /customer-search': get('/customer-search'),
  'get /usage-per-day': get('/usage-per-day'),
  'get /verification': get('/verification'),
  'get /time': get('/time'),
  'post /plan-migrations': async () => ['/plan-migrations', { migration: { productSlug: 'free' } }],
  'get /dev/state': get('/dev/state'),
  'post /dev/clock/advance': async () => ['/dev/clock/advance', { milliseconds: 1_000 }],
  'post /dev/faults': async () => ['/dev/faults', { latencyMs: 0 }],
}

it.each(Object.entries(SAMPLES))('%s responds as documented', async (operation, sample) => {
  const [method = '', path = ''] = operation.split(' ')
  const [target, body] = await sample()
  const answer = await backend.request(method.toUpperCase(), target, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(promised(method, path).safeParse(answer.body).error?.issues ?? []).toEqual([])
  // A document that promises anything would match everything.
  expect(promised(method, path).safeParse({ something: 'else' }).success).toBe(false)
})

it('has a sample of every operation in the document', () => {
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path.replace('/api/v1', '')}`),
  )
  expect(Object.keys(SAMPLES).toSorted()).toEqual(documented.toSorted())
})

/** The documented schema of an answer, as a validator. */
function promised(method: string, path: string): z.ZodType {
  const { responses } = present(paths[`/api/v1${path}`]?.[method])
  const { schema } = answerShape.parse(responses)[200].content['application/json']
  return z.fromJSONSchema(z.looseObject({}).parse(schema))
}

async function subscriber(priceSlug = 'pro_monthly'): Promise<TestCustomer> {
  const customer = await backend.customer()
  await customer.buy(priceSlug)
  return customer
}

/** A customer of the free plan with a payment method. */
async function payer(): Promise<TestCustomer> {
  const customer = await backend.customer()
  await customer.buy('more_once')
  return customer
}

async function event(transactionId: string) {
  const subscriptionId = (await ada.subscription()).id
  const properties = { operationId: `op_${transactionId}` }
  return { subscriptionId, transactionId, amount: 2, usageMeterSlug: 'images', properties }
}

const own = (path: string) => `/customers/${ada.externalId}${path}`
const subscription = async (customer: TestCustomer, path: string) =>
  `/subscriptions/${(await customer.subscription()).id}${path}`
const claims = async (path: string) => `/resource-claims/${(await ada.subscription()).id}${path}`
const model = async () => (await ada.billing()).pricingModel
const modelId = async () => (await model()).id
const meter = async () => present((await model()).usageMeters[0])

async function firstOf(path: string): Promise<string> {
  const { body } = await backend.request<{ data: { id: string }[] }>('GET', path)
  return present(body.data[0]).id
}
