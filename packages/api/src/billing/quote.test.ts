import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('billing.quote', () => {
  const quoted = (path: string, input: unknown, customer = newCustomer()) =>
    api.post('billing.quote', { path, input }, { customer, key: null })

  it('names the very amount that the call is refused for when it is not there', async () => {
    const customer = newCustomer()
    const input = { text: 'q7z '.repeat(4000), sentences: 2 }
    const quote = await dataOf(await quoted('text.summarize', input, customer))
    const refused = await errorOf(await api.post('text.summarize', input, { customer }))
    const { required } = { required: null, ...refused.billing }
    expect(required).toBeGreaterThan(5000)
    expect(quote).toEqual({
      // It begins with one of its two sentences.
      charges: [{ meter: 'ai_tokens', hold: Number(required) + 80, least: required }],
      settle: 'reported',
    })
  })

  it.each([
    { path: 'tools.qrCode', input: {}, status: 400 },
    { path: 'billing.balance', input: {}, status: 404 },
    { path: 'tools.qrCode', input: { text: 'x' }, status: 200 },
  ])('answers $status for $path with $input', async ({ path, input, status }) => {
    expect((await quoted(path, input)).status).toBe(status)
  })
})
