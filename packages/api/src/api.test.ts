import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  type ApiFixture,
  createApiFixture,
  dataOf,
  errorOf,
  newCustomer,
} from './fixtures/api-fixture.ts'

const TEXT =
  'A tollgate counts carts. The weather was fine. The keeper counts every cart once. Someone sang.'

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
afterAll(() => api[Symbol.asyncDispose]())

describe('images.generate', () => {
  it('answers a picture, what is left, and what it cost', async () => {
    const customer = newCustomer()
    const response = await api.post('images.generate', { prompt: 'The sea' }, { customer })
    expect(response.status).toBe(200)
    expect(await dataOf(response)).toMatchObject({
      mimeType: 'image/png',
      width: 1200,
      height: 630,
      title: 'The sea',
      prompt: 'The sea',
      subtitle: null,
      style: 'aurora',
      size: 'landscape',
      seed: expect.any(Number),
      url: `/api/results/${response.headers.get('X-Operation-Id')}`,
    })
    const balances: unknown = JSON.parse(response.headers.get('X-Billing') ?? 'null')
    expect(balances).toMatchObject([{ meter: 'image_generations', remaining: 9, used: 1 }])
    const receipt: unknown = JSON.parse(response.headers.get('X-Billing-Receipt') ?? 'null')
    expect(receipt).toMatchObject({ charges: [{ meter: 'image_generations', amount: 1 }] })
    expect(response.headers.get('X-Operation-Id')).toMatch(/.{10}/)
    expect(response.headers.get('Idempotency-Replayed')).toBeNull()
  })

  it('charges the same key once and answers the same', async () => {
    const call = { customer: newCustomer(), key: randomUUID() }
    const first = await api.post('images.generate', { prompt: 'The sea', style: 'paper' }, call)
    const second = await api.post('images.generate', { prompt: 'The sea', style: 'paper' }, call)
    expect(second.headers.get('Idempotency-Replayed')).toBe('true')
    expect(second.headers.get('X-Operation-Id')).toBe(first.headers.get('X-Operation-Id'))
    expect(await second.text()).toBe(await first.text())
    expect(await api.remaining(call.customer, 'image_generations')).toBe(9)
  })

  it('knows the same intent by what its caller sent, in whatever order', async () => {
    const call = { customer: newCustomer(), key: randomUUID() }
    await api.post('images.generate', { prompt: ' The sea ', style: 'paper' }, call)
    const turned = { style: 'paper', prompt: ' The sea ' }
    const same = await api.post('images.generate', turned, call)
    expect(same.headers.get('Idempotency-Replayed')).toBe('true')
    const other = await api.post('images.generate', { prompt: 'The hills', style: 'paper' }, call)
    expect(await errorOf(other)).toMatchObject({ status: 422, billing: { kind: 'key_reused' } })
  })

  it('charges a card once, whatever its keys, and says which operation was charged', async () => {
    const customer = newCustomer()
    const card = { title: 'The  sea', subtitle: 'It rose', style: 'paper', size: 'square' }
    const answers = await Promise.all(
      [card, card, { ...card, title: ' The sea ', hd: false }].map((input) =>
        api.post('images.generate', input, { customer }),
      ),
    )
    const receipts = answers.map(({ headers }): unknown =>
      JSON.parse(headers.get('X-Billing-Receipt') ?? 'null'),
    )
    expect(receipts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ charges: [{ meter: 'image_generations', amount: 1 }] }),
        expect.objectContaining({ charges: [], chargedBy: expect.any(String) }),
      ]),
    )
    expect(await api.remaining(customer, 'image_generations')).toBe(9)
    const first = await dataOf(answers[0] ?? new Response())
    expect(first).toMatchObject({ title: 'The sea', width: 1080, height: 1080 })
    const { seed } = z.object({ seed: z.int() }).parse(first)
    await api.post('images.generate', { ...card, seed }, { customer })
    expect(await api.remaining(customer, 'image_generations')).toBe(9)
    await api.post('images.generate', { ...card, seed: (seed + 1) % 1_000_000 }, { customer })
    expect(await api.remaining(customer, 'image_generations')).toBe(8)
  })

  it.each([
    [{ title: 'مرحبا' }, 'title', { code: 'undrawable', characters: ['م', 'ر', 'ح', 'ب', 'ا'] }],
    [{ title: 'Sea', subtitle: 'שלום' }, 'subtitle', { code: 'undrawable' }],
    [{ prompt: 'สวัสดี' }, 'prompt', { code: 'undrawable' }],
    [{ title: 'x'.repeat(201) }, 'title', { code: 'too_big' }],
    [{ style: 'paper' }, 'title', { code: 'custom' }],
  ])('refuses %j by the field and charges nothing', async (input, path, issue) => {
    const customer = newCustomer()
    const { status, data } = await errorOf(await api.post('images.generate', input, { customer }))
    expect(status).toBe(400)
    expect(data).toMatchObject({ issues: [{ path, ...issue }] })
    expect(await api.remaining(customer, 'image_generations')).toBe(10)
  })

  it('keeps HD for plans that include it', async () => {
    const customer = newCustomer()
    const hd = { prompt: 'The sea', style: 'paper', hd: true }
    expect(await errorOf(await api.post('images.generate', hd, { customer }))).toMatchObject({
      status: 403,
      billing: { kind: 'not_in_plan', feature: 'hd_images', upgradeUrl: '/plans' },
    })
    api.backend.setFeatures(customer.customerId, ['hd_images'])
    await api.post('billing.refresh', {}, { customer })
    const allowed = await api.post('images.generate', hd, { customer })
    expect(await dataOf(allowed)).toMatchObject({ width: 2400, height: 1260 })
  })

  it('says what is missing, what is left and where to go when the balance is used up', async () => {
    const customer = newCustomer()
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, index) =>
        api.post('images.generate', { prompt: `No. ${index}`, style: 'paper' }, { customer }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 10 }, () => 200),
      ...Array.from({ length: 4 }, () => 402),
    ])
    const refused = answers.find(({ status }) => status === 402) ?? new Response()
    expect(JSON.parse(refused.headers.get('X-Billing') ?? 'null')).toContainEqual(
      expect.objectContaining({ meter: 'image_generations', remaining: 0 }),
    )
    expect(await errorOf(refused)).toMatchObject({
      billing: {
        kind: 'insufficient_credits',
        error: 'insufficient_credits',
        meter: 'image_generations',
        required: 1,
        availableBalance: 0,
        upgradeUrl: '/plans',
        charged: false,
      },
    })
  })
})

describe('text.summarize', () => {
  it('answers a plain caller with all chunks at once, the receipt last', async () => {
    const customer = newCustomer()
    const response = await api.post('text.summarize', { text: TEXT, sentences: 1 }, { customer })
    expect(response.status).toBe(200)
    const chunks = await dataOf(response)
    expect(chunks).toEqual([
      { type: 'delta', text: 'A', model: { kind: 'extractive', name: 'extractive' } },
      ...' tollgate counts carts.'.split(/(?= )/u).map((text) => ({ type: 'delta', text })),
      { type: 'receipt', receipt: expect.objectContaining({ replayed: false }) },
    ])
    // 20 tokens went in, 7 came out.
    const receipt: unknown = JSON.parse(response.headers.get('X-Billing-Receipt') ?? 'null')
    expect(receipt).toMatchObject({ charges: [{ meter: 'ai_tokens', amount: 27 }] })
    expect(await api.remaining(customer, 'ai_tokens')).toBe(5000 - 27)
  })

  it('streams to a caller that reads streams', async () => {
    const response = await api.post(
      'text.summarize?batch=1',
      { 0: { text: TEXT, sentences: 1 } },
      { headers: { 'trpc-accept': 'application/jsonl' } },
    )
    const lines = (await response.text()).trim().split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.at(-2)).toContain('"receipt"')
  })

  it.each([
    { first: 'streams', second: 'plain' },
    { first: 'plain', second: 'streams' },
    { first: 'plain', second: 'plain' },
  ])('replays to a $second caller what a $first one received', async ({ first, second }) => {
    const call = { customer: newCustomer(), key: randomUUID() }
    const input = { text: TEXT, sentences: 1 }
    const send = (how: string) =>
      how === 'plain'
        ? api.post('text.summarize', input, call)
        : api.post(
            'text.summarize?batch=1',
            { 0: input },
            {
              ...call,
              headers: { 'trpc-accept': 'application/jsonl' },
            },
          )
    const original = await (await send(first)).text()
    const replayed = await (await send(second)).text()
    expect(replayed).toContain('"replayed":true')
    for (const text of [original, replayed]) {
      expect(text.match(/"delta"/gu)).toHaveLength(4)
      expect(text.match(/"receipt"/gu)?.length).toBeGreaterThan(0)
    }
    expect(await api.remaining(call.customer, 'ai_tokens')).toBe(5000 - 27)
  })

  it('begins with what is left, and ends cleanly where that is used', async () => {
    const customer = newCustomer()
    const sentence = `Go ${'go '.repeat(58)}go. `
    const input = { text: sentence.repeat(77), sentences: 10 }
    const response = await api.post('text.summarize', input, { customer })
    expect(response.status).toBe(200)
    const receipt: unknown = JSON.parse(response.headers.get('X-Billing-Receipt') ?? 'null')
    // 4,697 tokens of input; ten sentences take up to 800 more, and 303 were left: 299 words and 4 full stops.
    expect(receipt).toMatchObject({ charges: [{ meter: 'ai_tokens', amount: 5000 }] })
    const chunks = await dataOf(response)
    expect(chunks).toHaveLength(299 + 1)
    expect(chunks).toContainEqual({
      type: 'receipt',
      receipt: expect.objectContaining({
        complete: false,
        more: { meter: 'ai_tokens', amount: 497 },
      }),
    })
    expect(await api.remaining(customer, 'ai_tokens')).toBe(0)
  })

  it('does not begin what the balance does not cover', async () => {
    const customer = newCustomer()
    const text = 'many different words make up this sentence indeed. '.repeat(380)
    const first = await api.post('text.summarize', { text, sentences: 1 }, { customer })
    expect(first.status).toBe(200)
    const left = await api.remaining(customer, 'ai_tokens')
    const refused = await api.post('text.summarize', { text, sentences: 1 }, { customer })
    expect(await errorOf(refused)).toMatchObject({
      status: 402,
      billing: { kind: 'insufficient_credits', meter: 'ai_tokens', availableBalance: left },
    })
    expect(await api.remaining(customer, 'ai_tokens')).toBe(left)
  })
})

describe('tools.qrCode', () => {
  it('answers an SVG of the code', async () => {
    const response = await api.post('tools.qrCode', { text: 'https://example.com' })
    expect(await dataOf(response)).toMatchObject({
      svg: expect.stringMatching(/^<svg .*<\/svg>\s*$/su),
      text: 'https://example.com',
      url: `/api/results/${response.headers.get('X-Operation-Id')}`,
    })
  })

  it('refuses what fits no code before it costs anything', async () => {
    const customer = newCustomer()
    const response = await api.post('tools.qrCode', { text: '海'.repeat(1000) }, { customer })
    const { status, message, data } = await errorOf(response)
    expect(status).toBe(400)
    expect(message).toContain('too long for a QR code')
    expect(data).toMatchObject({ issues: [{ path: 'text', code: 'too_long_for_code' }] })
    expect(await api.remaining(customer, 'api_calls')).toBe(100)
  })

  it('refuses colors that no scanner reads, and a logo that is no picture', async () => {
    const customer = newCustomer()
    const refuse = async (input: object) => {
      const { data } = await errorOf(await api.post('tools.qrCode', input, { customer }))
      return data
    }
    expect(await refuse({ text: 'x', foreground: '#ffcc00' })).toMatchObject({
      issues: [{ path: 'foreground', code: 'low_contrast' }],
    })
    expect(await refuse({ text: 'x', logo: 'data:image/svg+xml;base64,PHN2Zz4=' })).toMatchObject({
      issues: [{ path: 'logo' }],
    })
    expect(await api.remaining(customer, 'api_calls')).toBe(100)
  })
})

describe('a billed call', () => {
  it.each([
    { name: 'no key', key: null, kind: 'key_missing' },
    { name: 'a short key', key: 'abc', kind: 'key_invalid' },
  ])('with $name is a mistake of the caller', async ({ key, kind }) => {
    const response = await api.post('tools.qrCode', { text: 'x' }, { key })
    expect(await errorOf(response)).toMatchObject({ status: 400, billing: { kind } })
  })

  it('is not charged twice because a proxy gives each attempt an X-Request-Id of its own', async () => {
    const customer = newCustomer()
    for (const requestId of [randomUUID(), randomUUID()]) {
      const headers = { 'X-Request-Id': requestId }
      const call = { customer, key: null, headers }
      const response = await api.post('tools.qrCode', { text: 'x' }, call)
      expect(await errorOf(response)).toMatchObject({
        status: 400,
        billing: { kind: 'key_missing' },
      })
    }
    expect(await api.remaining(customer, 'api_calls')).toBe(100)
  })

  it('takes X-Request-Id in place of a key where the installation says so', async () => {
    await using own = await createApiFixture({ acceptRequestIdAsKey: true })
    const customer = newCustomer()
    const call = { customer, key: null, headers: { 'X-Request-Id': randomUUID() } }
    for (const replayed of [null, 'true']) {
      const response = await own.post('tools.qrCode', { text: 'x' }, call)
      expect([response.status, response.headers.get('Idempotency-Replayed')]).toEqual([
        200,
        replayed,
      ])
    }
    expect(await own.remaining(customer, 'api_calls')).toBe(99)
  })

  it('is refused without a signed-in customer', async () => {
    const response = await api.post('tools.qrCode', { text: 'x' }, { customer: null })
    expect(await errorOf(response)).toMatchObject({
      status: 401,
      billing: { kind: 'not_signed_in', actions: [{ type: 'sign_in' }] },
    })
  })

  it('has its own key for each call of a batch', async () => {
    const customer = newCustomer()
    const key = `${randomUUID()},${randomUUID()}`
    const inputs = { 0: { text: 'one' }, 1: { text: 'two' } }
    const path = 'tools.qrCode,tools.qrCode?batch=1'
    const response = await api.post(path, inputs, { customer, key })
    expect(response.status).toBe(200)
    expect(response.headers.get('X-Operation-Id')?.split(',')).toHaveLength(2)
    expect(JSON.parse(response.headers.get('X-Billing-Receipt') ?? 'null')).toHaveLength(2)
    const balances: unknown = JSON.parse(response.headers.get('X-Billing') ?? 'null')
    expect(balances).toMatchObject([{ meter: 'api_calls', remaining: 98 }])
    const repeated = await api.post(path, inputs, { customer, key })
    expect(repeated.headers.get('Idempotency-Replayed')).toBe('true,true')
    expect(await api.remaining(customer, 'api_calls')).toBe(98)
  })
})
