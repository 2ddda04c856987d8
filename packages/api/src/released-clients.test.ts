import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiFixture, createApiFixture, dataOf, newCustomer } from './fixtures/api-fixture.ts'

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

// The requests of 0.1.0, whose installed apps are never updated: a key for billed calls only, the others in batches.
describe('a client of 0.1.0', () => {
  it('is served a billed call, and its stored answer under the same key', async () => {
    const call = { customer: newCustomer(), key: `op_mbx1f2k0_${'0'.repeat(32)}` }
    const first = await api.post('tools.qrCode', { text: 'once' }, call)
    const again = await api.post('tools.qrCode', { text: 'once' }, call)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await dataOf(again)).toEqual(await dataOf(first))
    expect(await api.remaining(call.customer, 'api_calls')).toBe(99)
  })

  it('is served a card for its prompt, with the fields it knows', async () => {
    const response = await api.post('images.generate', { prompt: 'A bridge', style: 'night' })
    expect(await dataOf(response)).toMatchObject({
      mimeType: 'image/png',
      width: 1200,
      height: 630,
      url: expect.stringContaining('/api/results/'),
      dataUrl: expect.stringContaining('/api/results/'),
      prompt: 'A bridge',
      style: 'night',
    })
  })

  it('is served a free mutation without a key, in a batch', async () => {
    const response = await api.post('billing.refresh?batch=1', {}, { key: null })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject([
      { result: { data: { balances: expect.any(Array) } } },
    ])
  })

  it('is served a stream line by line, up to its receipt', async () => {
    const response = await api.post(
      'text.summarize?batch=1',
      { 0: { text: 'A toll is paid once. The gate opens.', sentences: 1 } },
      { key: randomUUID(), headers: { 'trpc-accept': 'application/jsonl' } },
    )
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('"receipt"')
  })

  it('is served a stream in one piece where it cannot read one', async () => {
    const response = await api.post('text.summarize', { text: 'A toll is paid once.' })
    expect(await dataOf(response)).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'receipt' })]),
    )
  })
})
