import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'

let backend: TestBackend
let stranger: Pick<TestBackend, 'request'>

beforeAll(async () => {
  backend = await openTestBackend()
  stranger = await backend.tenant('stranger')
})
afterAll(() => backend.close())

it('hides everything from another organisation', async () => {
  const customer = await backend.customer()
  const { id } = await customer.subscription()
  const used = await customer.use(1)
  const model = (await customer.billing()).pricingModel.id
  const event = JSON.parse(JSON.stringify(used.body)).usageEvent.id
  const attempts = [
    stranger.request('GET', `/customers/${customer.externalId}`),
    stranger.request('GET', `/customers/${customer.externalId}/billing`),
    stranger.request('GET', `/subscriptions/${id}`),
    stranger.request('POST', `/subscriptions/${id}/uncancel`, {}),
    stranger.request('GET', `/usage-events/${event}`),
    stranger.request('GET', `/pricing-models/${model}`),
    stranger.request('POST', '/usage-events', {
      usageEvent: {
        amount: 1,
        subscriptionId: id,
        transactionId: 'theirs',
        usageMeterSlug: 'image_generations',
      },
    }),
  ]
  expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual(attempts.map(() => 404))
  expect((await stranger.request<{ total: number }>('GET', '/customers')).body.total).toBe(0)
  expect(await customer.balance()).toMatchObject({ availableBalance: 9 })
})

it('separates the same external id of two organisations', async () => {
  const customer = await backend.customer('shared')
  const made = { externalId: 'shared', name: 'Other', email: 'other@example.com' }
  await stranger.request('POST', '/customers', { customer: made })
  expect((await customer.billing()).customer.name).toBe('Ada')
})

it('stores only the hash of a key', async () => {
  const rows = await backend.database.query<{ key: string }>({
    text: `select encode(key_hash, 'escape') || name as key from api_key`,
  })
  expect(rows.some(({ key }) => key.includes('tg_test_'))).toBe(false)
})
