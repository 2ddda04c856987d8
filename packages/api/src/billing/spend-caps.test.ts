import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ApiFixture,
  createApiFixture,
  dataOf,
  errorOf,
  newCustomer,
} from '../fixtures/api-fixture.ts'

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

const meter = 'api_calls'

it('limits only the calls of the customer who set a spend cap', async () => {
  const customer = newCustomer()
  const set = await api.post('billing.setSpendCap', { meter, cap: 0 }, { customer, key: null })
  const caps = [{ meter, cap: 0, spent: 0, resetsAt: expect.any(String) }]
  expect(await dataOf(set)).toEqual({ caps })
  expect(await dataOf(await api.get('billing.spendCaps', null, customer))).toEqual({ caps })
  const refused = await errorOf(await api.post('tools.qrCode', { text: 'x' }, { customer }))
  expect(refused).toMatchObject({
    status: 402,
    billing: { kind: 'spend_cap', meter, required: 1, cap: 0, left: 0, charged: false },
  })
  expect((await api.post('tools.qrCode', { text: 'x' })).status).toBe(200)
})

it.each([{ cap: -1 }, { cap: 0.5 }, { cap: '5' }, { meter: 'gold', cap: 5 }, {}])(
  'a cap that is none is refused: %j',
  async (input) => {
    const response = await api.post('billing.setSpendCap', { meter, ...input }, { key: null })
    expect(response.status).toBe(400)
  },
)
