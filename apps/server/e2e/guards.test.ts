import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('what the server refuses', () => {
  it('a foreign page that posts with our cookie', async () => {
    const cookie = await guestCookie()
    const response = await post('tools.qrCode', {
      headers: { cookie, origin: 'https://evil.example' },
    })
    expect(response.status).toBe(403)
  })

  it('a form, which any page may post without asking', async () => {
    const form = new FormData()
    form.set('text', 'hello')
    const response = await fetch(`${server.url}/trpc/tools.qrCode`, { method: 'POST', body: form })
    expect(response.status).toBe(415)
  })

  it('more calls in one request than a page ever makes', async () => {
    const { token } = await signInAsGuest(server.url)
    const paths = Array.from({ length: 11 }, () => 'tools.qrCode').join(',')
    const body = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [index, { text: 'hello' }]),
    )
    const response = await post(`${paths}?batch=1`, {
      headers: { authorization: `Bearer ${token}` },
      body,
    })
    expect(response.status).toBe(400)
  })

  it('a body larger than any call needs', async () => {
    const { token } = await signInAsGuest(server.url)
    const response = await post('tools.qrCode', {
      // The server closes the connection of a body it refuses to read, so it cannot be reused.
      headers: { authorization: `Bearer ${token}`, connection: 'close' },
      body: { text: 'x'.repeat(1_100_000) },
    })
    expect(response.status).toBe(413)
  })

  it.each(['/trpc/%E0%A4%A', '/%E0%A4%A'])('a path that cannot be decoded: %s', async (path) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(400)
  })

  it.each(['__proto__', 'constructor', 'billing.__proto__'])(
    'a procedure that is only a part of every object: %s',
    async (path) => {
      const { token } = await signInAsGuest(server.url)
      const response = await post(path, { headers: { authorization: `Bearer ${token}` } })
      expect(response.status).toBe(404)
    },
  )

  it.each([
    ['too short', 'a'],
    ['too long', 'x'.repeat(10_000)],
    ['of other letters', "' or 1=1 -- 0123456789"],
  ])('an operation key that is %s', async (_, key) => {
    const { token } = await signInAsGuest(server.url)
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key }
    expect((await post('tools.qrCode', { headers })).status).toBe(400)
  })

  it('a ninth open stream of one customer, until one of the eight has ended', async () => {
    const { token } = await signInAsGuest(server.url)
    const eight = await Promise.all(Array.from({ length: 8 }, () => listen(token)))
    expect(eight.map(({ received }) => received.includes('"remaining"'))).toEqual(
      eight.map(() => true),
    )
    expect((await listen(token)).received).toContain('"kind":"rate_limited"')

    eight[0]?.close()
    await expect
      .poll(async () => {
        const { received, close } = await listen(token)
        close()
        return received
      })
      .toContain('"remaining"')
    for (const { close } of eight) close()
  })

  it('a mutation by GET', async () => {
    const { token } = await signInAsGuest(server.url)
    const input = encodeURIComponent(JSON.stringify({ text: 'hello' }))
    const response = await fetch(`${server.url}/trpc/tools.qrCode?input=${input}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.status).toBe(405)
  })

  it('a checkout that would return to another site', async () => {
    const guest = await signInAsGuest(server.url)
    for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      const { status } = await guest.call('billing.checkout', {
        priceSlug: 'pro_monthly',
        returnTo,
      })
      expect(status, returnTo).toBe(400)
    }
  })

  it('a price that the caller names', async () => {
    const guest = await signInAsGuest(server.url)
    const { status } = await guest.call('tools.qrCode', { text: 'hello', amount: 0, cost: 0 })
    const { body } = await guest.read('billing.balance')
    expect(status).toBe(200)
    expect(JSON.stringify(body)).toContain('"used":1')
  })

  it('a password guesser who changes the address he claims to have', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `203.0.113.${attempt}`,
          'x-tollgate-client-address': `203.0.113.${attempt}`,
        },
        body: JSON.stringify({ email: 'unknown@example.com', password: `guess-${attempt}` }),
      })
      statuses.push(response.status)
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })
})

describe('the answers of the server', () => {
  it('no secret of ours in an answer to broken input', async () => {
    const { token } = await signInAsGuest(server.url)
    const response = await fetch(`${server.url}/trpc/tools.qrCode`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"text":',
    })
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(text).not.toMatch(/node_modules|\.ts:|\bat .+\(/)
  })

  it('browsers to keep nothing of an answer', async () => {
    const response = await fetch(`${server.url}/trpc/billing.balance`)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

/** Opens a balance stream and reads until it sends something. */
async function listen(token: string): Promise<{ received: string; close(): void }> {
  const closing = new AbortController()
  const response = await fetch(`${server.url}/trpc/billing.onBalance`, {
    headers: { authorization: `Bearer ${token}` },
    signal: closing.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let received = ''
  while (!/"remaining"|"kind"/u.test(received)) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    received += chunk.value
  }
  return { received, close: () => closing.abort() }
}

async function guestCookie(): Promise<string> {
  const response = await fetch(`${server.url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function post(path: string, options: { headers: Record<string, string>; body?: unknown }) {
  return fetch(`${server.url}/trpc/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'op_0123456789abcdef',
      ...options.headers,
    },
    body: JSON.stringify(options.body ?? { text: 'hello' }),
  })
}
