import { afterAll, beforeAll, expect, it } from 'vitest'
import { pricingWithTwoPlans } from '../testing/two-plans.ts'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import type { WebhookDelivery } from '../core/schemas/webhook.ts'

/** The lifetime of the granted credits. */
const GIFT_MS = 60_000

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend({ pricing: pricingWithTwoPlans() })
  await backend.request('POST', '/webhooks', { webhook: { url: 'http://127.0.0.1:9/hook' } })
})
afterAll(() => backend.close())

type Act = (customer: TestCustomer) => Promise<unknown>

const grant: Act = (customer) =>
  backend.request('POST', `/customers/${customer.externalId}/grants`, {
    grant: {
      usageMeterSlug: 'image_generations',
      amount: 5,
      name: 'a gift',
      expiresAt: backend.time.now + GIFT_MS,
    },
  })
const subscribe: Act = (customer) => customer.buy('pro_monthly')
const cancel: Act = async (customer) => {
  const { id } = await customer.subscription()
  const cancellation = { timing: 'at_end_of_current_billing_period' }
  return backend.request('POST', `/subscriptions/${id}/cancel`, { cancellation })
}

it.each<{ what: string; before?: Act[]; act: Act }>([
  { what: 'a manual grant', act: grant },
  {
    what: 'a manual revocation',
    before: [grant],
    act: (customer) =>
      backend.request('POST', `/customers/${customer.externalId}/revocations`, {
        revocation: { usageMeterSlug: 'image_generations', amount: 1, name: 'a mistake' },
      }),
  },
  { what: 'a scheduled cancellation', before: [subscribe], act: cancel },
  {
    what: 'an undone cancellation',
    before: [subscribe, cancel],
    act: async (customer) =>
      backend.request('POST', `/subscriptions/${(await customer.subscription()).id}/uncancel`, {}),
  },
  {
    what: 'a scheduled change of plan',
    before: [(customer) => customer.buy('max_monthly')],
    act: async (customer) =>
      backend.request('POST', `/subscriptions/${(await customer.subscription()).id}/adjust`, {
        adjustment: { newSubscriptionItems: [{ priceSlug: 'pro_monthly' }] },
      }),
  },
  {
    what: 'a refund that revokes credits',
    before: [(customer) => customer.buy('images_topup_50')],
    act: async (customer) => {
      const { customer: own } = await customer.billing()
      const { body } = await backend.request<{ data: { id: string; customerId: string }[] }>(
        'GET',
        '/payments?limit=100',
      )
      const payment = body.data.find(({ customerId }) => customerId === own.id)
      return backend.request('POST', `/payments/${payment?.id}/refund`, {})
    },
  },
  {
    what: 'the expiry of granted credits',
    before: [grant],
    act: async (customer) => {
      backend.time.now += GIFT_MS
      return customer.billing()
    },
  },
  {
    what: 'a new period of the free plan',
    act: async (customer) => {
      backend.time.now = (await customer.subscription()).currentBillingPeriodEnd
      return customer.billing()
    },
  },
])('$what sends subscription.updated', async ({ before = [], act }) => {
  const customer = await backend.customer()
  for (const step of before) await step(customer)
  const known = new Set((await announced(customer)).map(({ eventId }) => eventId))
  await act(customer)
  const news = (await announced(customer)).filter(({ eventId }) => !known.has(eventId))
  expect(news.map(({ type }) => type)).toContain('subscription.updated')
})

async function announced({ externalId }: TestCustomer): Promise<WebhookDelivery[]> {
  const { body } = await backend.request<{ data: WebhookDelivery[] }>(
    'GET',
    '/webhooks/deliveries?limit=100',
  )
  return body.data.filter(({ payload }) => JSON.stringify(payload).includes(`"${externalId}"`))
}
