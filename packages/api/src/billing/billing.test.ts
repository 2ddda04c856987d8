import { randomUUID } from 'node:crypto'
import { catalog as meterCatalog } from '@tollgate/contract/catalog'
import { billedProcedures } from '@tollgate/testing/conformance'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  type ApiFixture,
  createApiFixture,
  dataOf,
  errorOf,
  newCustomer,
  pick,
} from '../fixtures/api-fixture.ts'
import { appRouter } from '../router.ts'

const catalog = z.object({ procedures: z.array(z.object({ path: z.string() })) })

let api: ApiFixture
beforeAll(async () => {
  api = await createApiFixture()
})
beforeEach(() => {
  api.backend.faults = {}
})
afterAll(() => api[Symbol.asyncDispose]())

const qr = (customer = newCustomer(), key: string = randomUUID()) =>
  api.post('tools.qrCode', { text: 'x' }, { customer, key })

describe('billing.catalog', () => {
  it('lists what is for sale and what procedures cost, without a session', async () => {
    expect(await dataOf(await api.get('billing.catalog', null, null))).toEqual({
      offers: [expect.objectContaining({ priceSlug: 'pro_monthly', unitPrice: 2000 })],
      procedures: expect.arrayContaining([
        {
          path: 'images.generate',
          meter: 'image_generations',
          unit: 'image generation',
          cost: { kind: 'fixed', amount: 1 },
        },
        {
          path: 'text.summarize',
          meter: 'ai_tokens',
          unit: 'AI token',
          cost: { kind: 'variable', hold: null },
        },
        {
          path: 'tools.qrCode',
          meter: 'api_calls',
          unit: 'API call',
          cost: { kind: 'fixed', amount: 1 },
        },
      ]),
    })
  })

  it('has every billed procedure of the router, and nothing else', async () => {
    const { procedures } = catalog.parse(await dataOf(await api.get('billing.catalog', null, null)))
    const listed = new Set(procedures.map(({ path }) => path))
    expect([...listed]).toEqual(billedProcedures(appRouter).map(({ path }) => path))
  })

  it('says what a call costs while what is for sale is unknown', async () => {
    await using down = await createApiFixture()
    down.backend.faults = { failure: 'unreachable' }
    expect(await dataOf(await down.get('billing.catalog', null, null))).toMatchObject({
      offers: [],
      procedures: expect.arrayContaining([
        expect.objectContaining({ path: 'images.generate', cost: { kind: 'fixed', amount: 1 } }),
      ]),
    })
  })

  it('still knows the offers while the backend is away', async () => {
    await api.get('billing.catalog', null, null)
    api.backend.faults = { failure: 'unreachable' }
    expect((await api.get('billing.catalog', null, null)).status).toBe(200)
  })
})

describe('what a customer can ask', () => {
  it('balance, plan, activity and one operation', async () => {
    const customer = newCustomer()
    const key = randomUUID()
    await qr(customer, key)
    const balance = pick(await dataOf(await api.get('billing.balance', null, customer)), 'balances')
    expect(balance).toContainEqual(expect.objectContaining({ meter: 'api_calls', remaining: 99 }))
    expect(await dataOf(await api.get('billing.plan', null, customer))).toMatchObject({
      billing: { subscription: { planSlug: 'free', isFree: true } },
      isGuest: true,
    })
    expect(await dataOf(await api.get('billing.activity', {}, customer))).toMatchObject({
      items: [{ procedure: 'tools.qrCode', status: 'charged', amount: 1, balanceAfter: 99 }],
      nextCursor: null,
    })
    const ledger = pick(await dataOf(await api.get('billing.ledger', {}, customer)), 'items')
    for (const line of [
      { procedure: 'tools.qrCode', status: 'charged', amount: 1, balanceAfter: 99 },
      { kind: 'change', meter: 'api_calls', reason: 'plan', amount: 100, balanceAfter: 100 },
    ]) {
      expect(ledger).toContainEqual(expect.objectContaining(line))
    }
    expect(await dataOf(await api.get('billing.history', { days: 7 }, customer))).toEqual({
      used: [{ day: expect.any(String), meter: 'api_calls', amount: 1 }],
    })
    expect(await dataOf(await api.get('billing.operation', { key }, customer))).toMatchObject({
      state: 'settled',
      procedure: 'tools.qrCode',
    })
  })

  it.each([
    [{ 'x-client-platform': 'android' }, true],
    [{ 'x-client-platform': 'ios', 'x-storefront': 'USA' }, true],
    [{ 'x-client-platform': 'ios' }, false],
  ])('whether it may buy in an app that sends %j', async (headers, mayBuy) => {
    const answer = await api.get('billing.plan', null, newCustomer(), headers)
    expect(await dataOf(answer)).toMatchObject({ mayBuy })
  })

  it('only about itself', async () => {
    const key = randomUUID()
    await qr(newCustomer(), key)
    const stranger = newCustomer()
    expect(await dataOf(await api.get('billing.operation', { key }, stranger))).toBeNull()
    expect(await dataOf(await api.get('billing.activity', {}, stranger))).toMatchObject({
      items: [],
    })
  })

  it.each(['balance', 'plan', 'summary', 'activity'])(
    'nothing without signing in: %s',
    async (name) => {
      const response = await api.get(`billing.${name}`, {}, null)
      expect(await errorOf(response)).toMatchObject({
        status: 401,
        billing: { kind: 'not_signed_in' },
      })
    },
  )
})

describe('billing.checkout', () => {
  it('comes back to where the customer was', async () => {
    const response = await api.post('billing.checkout', {
      priceSlug: 'pro_monthly',
      returnTo: '/images?draft=1',
    })
    expect(await dataOf(response)).toEqual({ url: 'https://pay.example/chk_1' })
    expect(api.backend.checkouts.at(-1)).toMatchObject({
      priceSlug: 'pro_monthly',
      successUrl: 'https://studio.example/images?draft=1&checkout=success',
      cancelUrl: 'https://studio.example/images?draft=1&checkout=cancelled',
    })
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /images',
    'images',
    '',
    '/x\\..\\..\\',
    '/..//evil.example',
    '/.//evil.example',
    '/images/..//evil.example',
    '/%2e%2e//evil.example',
  ])('never goes to %j', async (returnTo) => {
    const before = api.backend.checkouts.length
    const response = await api.post('billing.checkout', { priceSlug: 'pro_monthly', returnTo })
    expect((await errorOf(response)).status).toBe(400)
    expect(api.backend.checkouts).toHaveLength(before)
  })

  it('passes the language of the page on', async () => {
    const input = { priceSlug: 'pro_monthly', returnTo: '/', language: 'de' }
    await api.post('billing.checkout', input)
    expect(api.backend.checkouts.at(-1)).toMatchObject({ language: 'de' })
  })

  it('sells only what pricing.yaml names', async () => {
    const response = await api.post('billing.checkout', { priceSlug: 'hidden', returnTo: '/' })
    const { status, message } = await errorOf(response)
    expect(status).toBe(400)
    expect(message).toContain('not in the catalog')
  })
})

describe('billing.summary', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('says what was billed and what comes next', async () => {
    expect(await dataOf(await api.get('billing.summary', null))).toMatchObject({
      amountDue: null,
      nextCharge: { amount: 2000 },
      invoices: [{ number: 'INV-00001', status: 'paid' }],
    })
  })

  it('is read once for several looks at it, and anew after a return from a payment', async () => {
    // A summary is cached for a few seconds, which three calls may take on a busy machine.
    vi.useFakeTimers({ toFake: ['performance'] })
    const customer = newCustomer()
    const asked = vi.spyOn(api.backend, 'billingSummary')
    await Promise.all([1, 2].map(() => api.get('billing.summary', null, customer)))
    await api.get('billing.summary', null, customer)
    expect(asked).toHaveBeenCalledTimes(1)
    await api.post('billing.refresh', {}, { customer, key: null })
    await api.get('billing.summary', null, customer)
    expect(asked).toHaveBeenCalledTimes(2)
  })

  it('is refused while the backend is away, and answers again once it is back', async () => {
    const customer = newCustomer()
    api.backend.faults = { failure: 'unreachable' }
    expect(await errorOf(await api.get('billing.summary', null, customer))).toMatchObject({
      status: 503,
      billing: { kind: 'billing_unavailable' },
    })
    api.backend.faults = {}
    const answer = await dataOf(await api.get('billing.summary', null, customer))
    expect(answer).toMatchObject({ amountDue: null })
  })
})

describe('billing.openPayment', () => {
  it('opens the page and needs no operation key', async () => {
    const input = { purpose: 'open_invoice', returnTo: '/billing' }
    const response = await api.post('billing.openPayment', input, { key: null })
    expect(await dataOf(response)).toEqual({ url: 'https://pay.example/chk_2' })
  })

  it('never returns to another site', async () => {
    const input = { purpose: 'open_invoice', returnTo: '//evil.example' }
    const response = await api.post('billing.openPayment', input, { key: null })
    expect((await errorOf(response)).status).toBe(400)
  })
})

describe('managing a plan', () => {
  it.each([
    ['previewPlanChange', { priceSlug: 'pro_monthly' }, { verb: 'upgrade', timing: 'checkout' }],
    ['changePlan', { priceSlug: 'pro_monthly' }, { billing: { features: [] } }],
    ['cancelPlan', {}, { billing: { features: [] } }],
    ['keepPlan', {}, { billing: { features: [] } }],
    [
      'refresh',
      {},
      {
        balances: Object.keys(meterCatalog.meters)
          .toSorted()
          .map((meter) => ({ meter, version: expect.any(Number) })),
      },
    ],
  ])('billing.%s needs no operation key', async (name, input, answer) => {
    const response = await api.post(`billing.${name}`, input, { key: null })
    expect(await dataOf(response)).toMatchObject(answer)
  })

  it.each([
    { failure: 'unreachable', status: 503, billing: { kind: 'billing_unavailable' } },
    { failure: 'unauthorized', status: 503, billing: { kind: 'billing_unavailable' } },
    { failure: 'refused', status: 400, billing: null },
    { failure: 'not_found', status: 404, billing: null },
  ] as const)(
    'says $status when the backend is $failure, and keeps its words to itself',
    async ({ failure, status, billing }) => {
      api.backend.faults = { failure }
      const response = await api.post('billing.previewPlanChange', { priceSlug: 'pro_monthly' })
      const error = await errorOf(response)
      expect(error).toMatchObject({ status, billing })
      expect(error.message).not.toContain('secret')
      expect(response.headers.get('Retry-After')).toBe(status === 503 ? '5' : null)
    },
  )
})

describe('billing.onBalance', () => {
  it('sends the balances at once and every change after', async () => {
    const customer = newCustomer()
    await api.metering.start()
    const stream = await api.get('billing.onBalance', null, customer)
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const updates = readEvents(stream)
    expect(await updates.next()).toContainEqual(
      expect.objectContaining({ meter: 'api_calls', remaining: 100 }),
    )
    await qr(customer)
    await expect.poll(async () => JSON.stringify(await updates.next())).toContain('"remaining":99')
    await updates.stop()
  })
})

/** Reads the data of server-sent events one at a time. */
function readEvents(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next(): Promise<unknown> {
      for (;;) {
        const found = /^data: (\[.*\])$/mu.exec(text)
        if (found?.[1]) {
          text = text.slice(found.index + found[0].length)
          return JSON.parse(found[1])
        }
        const chunk = await reader?.read()
        if (!chunk || chunk.done) throw new Error(`The stream ended: ${text}`)
        text += chunk.value
      }
    },
    stop: () => reader?.cancel(),
  }
}
