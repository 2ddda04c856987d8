import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from '../testing/test-backend.ts'
import { createLedgerApp } from './create-ledger-app.ts'
import { ENDPOINTS } from './endpoints.ts'

let backend: TestBackend
let app: ReturnType<typeof createLedgerApp>
let key: string

beforeAll(async () => {
  backend = await openTestBackend()
  app = createLedgerApp({ ledger: backend.ledger })
  key = backend.apiKey
})
afterAll(() => backend.close())

function send(method: string, path: string, body?: string, type = 'application/json') {
  return app.request(path, {
    method,
    headers: { authorization: key, 'content-type': type },
    ...(body === undefined ? {} : { body }),
  })
}

const customer = (name: string) =>
  `{"customer":{"externalId":"bad_input","email":"ada@example.com","name":${name}}}`

describe('input that cannot be stored', () => {
  it.each([
    ['a NUL in a text', customer(String.raw`"a\u0000b"`)],
    ['half a character', customer(String.raw`"\ud800"`)],
    ['a NUL in a key', String.raw`{"customer":{"a\u0000":1}}`],
    [
      'nesting 5,000 levels deep',
      customer(`"Ada","billingAddress":${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    ],
    ['nesting 200,000 levels deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['half a body', '{"customer":'],
    ['a name over 500 characters', customer(JSON.stringify('x'.repeat(501)))],
  ])('is refused with 400: %s', async (_what, body) => {
    const answer = await send('POST', '/api/v1/customers', body)
    expect(answer.status, await answer.clone().text()).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it.each([
    ['GET', '/api/v1/customers/a%00b'],
    ['GET', '/api/v1/customer-search?text=%00'],
    ['GET', '/api/v1/customers/%E0%A4%A'],
    ['GET', '/api/v1/usage-events?cursor=%ff'],
    ['GET', '/checkout/a%00b'],
    ['POST', '/checkout/a%00b/pay'],
  ])('is refused with 400 in a URL: %s %s', async (method, path) => {
    expect((await send(method, path)).status).toBe(400)
  })

  it.each([
    ['multipart/form-data; boundary=x', '--x\r\nbroken'],
    ['multipart/form-data', 'no boundary'],
    ['application/x-www-form-urlencoded', 'amount=%00&name=%00&usageMeterSlug=%00'],
  ])('causes no 500 in a form of type %s', async (type, body) => {
    const { body: found } = await backend.request<{ data: { id: string }[] }>(
      'GET',
      '/customers?limit=1',
    )
    const paths = ['grant', 'plan', 'revoke', 'cancel'].map(
      (action) => `/console/customers/${found.data[0]?.id ?? 'none'}/${action}`,
    )
    for (const path of [...paths, '/console/controls/clock', '/console/webhooks/addresses']) {
      const answer = await app.request(`http://127.0.0.1${path}`, {
        method: 'POST',
        headers: { 'content-type': type, origin: 'http://127.0.0.1' },
        body,
      })
      expect([path, answer.status < 500]).toEqual([path, true])
    }
  })
})

it.each([[['a', 'list']], ['a text'], ['{"a":1}'], [7], [true], [{ city: 'London' }], [null]])(
  'keeps a billing address as it was sent, for any kind of JSON: %j',
  async (billingAddress) => {
    const externalId = `address_${Buffer.from(JSON.stringify(billingAddress)).toString('hex')}`
    const path = `/api/v1/customers/${externalId}`
    const known = { externalId, email: '', name: 'Ada' }
    const sent = JSON.stringify({ customer: { ...known, billingAddress } })
    const created = await send('POST', '/api/v1/customers', sent)
    expect(await created.json()).toMatchObject({ data: { customer: { billingAddress } } })
    const other = JSON.stringify({ customer: { billingAddress: 'other' } })
    expect((await send('PUT', path, other)).status).toBe(200)
    expect(await (await send('PUT', path, sent)).json()).toMatchObject({
      customer: { billingAddress },
    })
    const renamed = await send('PUT', path, JSON.stringify({ customer: { name: 'Eve' } }))
    expect(await renamed.json()).toMatchObject({ customer: { billingAddress, name: 'Eve' } })
  },
)

it('never answers a malformed request with 500', async () => {
  await backend.customer('fuzzed')
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'fuzzed',
      '\0',
      '\uD800',
      '',
      'pro_monthly',
      'image_generations',
      '9'.repeat(30),
    ),
  )
  const leaf = fc.oneof(texts, fc.double(), fc.maxSafeInteger(), fc.constant(null), fc.boolean())
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('any'), { maxLength: 4 }), tie('record')),
    record: fc.dictionary(fc.constantFrom(...fieldNames()), tie('any'), { maxKeys: 8 }),
  }))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fuzzable()),
      texts,
      value.record,
      async (route, text, body) => {
        const path = route.path.replaceAll(/:\w+/g, () => encode(text))
        const query = route.query ? `?limit=${encode(text)}&cursor=${encode(text)}&days=1` : ''
        const answer = await send(
          route.method.toUpperCase(),
          `/api/v1${path}${query}`,
          route.body ? JSON.stringify(wrapped(route.path, body)) : undefined,
        )
        expect(answer.status, `${route.method} ${path} ${JSON.stringify(body)}`).toBeLessThan(500)
      },
    ),
    { numRuns: 400, endOnFailure: true },
  )
}, 120_000)

/** Dev controls change the whole backend, and a clock a million years ahead would be a valid request. */
function fuzzable() {
  return ENDPOINTS.filter(({ path }) => !path.startsWith('/dev/'))
}

/** Every field name a body may have, so that fuzzed bodies pass the first check. */
function fieldNames(): string[] {
  return `customer usageEvent usageEvents checkoutSession adjustment grant move externalId name email amount
    transactionId subscriptionId properties usageMeterSlug priceSlug priceId quantity type successUrl cancelUrl
    trialEnd usageDate expiresAt metadata billingAddress customerId timing`.split(/\s+/)
}

function wrapped(path: string, body: unknown): unknown {
  const resource = path.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? ''
  const wrappers: Record<string, string> = {
    customers: 'customer',
    'usage-events': 'usageEvent',
    grants: 'grant',
    'checkout-sessions': 'checkoutSession',
    adjust: 'adjustment',
    plan: 'plan',
    move: 'move',
  }
  const wrapper = wrappers[resource]
  return wrapper === undefined ? body : { [wrapper]: body }
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}

describe('responses that are not pages', () => {
  it.each(['/healthz', '/openapi.json', '/api/v1/customers', '/api/v1/none', '/none'])(
    'carry security headers and are not cached: %s',
    async (path) => {
      for (const authorization of [key, 'wrong']) {
        const { headers } = await app.request(path, { headers: { authorization } })
        expect(Object.fromEntries(headers)).toMatchObject({
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        })
      }
    },
  )
})
