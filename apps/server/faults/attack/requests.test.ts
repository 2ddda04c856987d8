import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Guest, signInAsGuest } from '../../fixtures/guest.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
beforeAll(async () => {
  server = await startTestServer()
  guest = await signInAsGuest(server.url)
})
afterAll(() => server.close())

/** Posts to a procedure as the guest. */
function post(path: string, options: { headers?: Record<string, string>; body?: BodyInit } = {}) {
  return fetch(`${server.url}/trpc/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${guest.token}`,
      'content-type': 'application/json',
      'idempotency-key': `op_${randomUUID()}`,
      ...options.headers,
    },
    body: options.body ?? JSON.stringify({ text: 'hello' }),
  })
}

async function used(owner: Guest): Promise<number> {
  const { text } = await owner.read('billing.balance')
  return Number(/"meter":"api_calls".*?"used":(\d+)/u.exec(text)?.[1])
}

describe('what decides the price', () => {
  it('is nothing that a caller sends beside the input', async () => {
    const spender = await signInAsGuest(server.url)
    const claims = { cost: 0, amount: 0, price: 0, meter: 'ai_tokens', customerId: 'cus_other' }
    const answer = await fetch(`${server.url}/trpc/tools.qrCode?amount=0&customerId=cus_other`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${spender.token}`,
        'content-type': 'application/json',
        'idempotency-key': `op_${randomUUID()}`,
        'x-amount': '0',
        'x-customer-id': 'cus_other',
      },
      body: JSON.stringify({ text: 'hello', ...claims }),
    })
    expect([200, 400]).toContain(answer.status)
    expect(await used(spender)).toBe(answer.status === 200 ? 1 : 0)
  })

  it.each([-5, '1e3', 2 ** 53, null, [1], { length: 1 }])(
    'is no text of the wrong kind: %j',
    async (text) => {
      const before = await used(guest)
      const answer = await post('tools.qrCode', { body: JSON.stringify({ text }) })
      expect(answer.status).toBe(text === '1e3' ? 200 : 400)
      expect(await used(guest)).toBe(text === '1e3' ? before + 1 : before)
    },
  )
})

describe('a batch', () => {
  const batch = (paths: string[], init: RequestInit = {}) =>
    fetch(`${server.url}/trpc/${paths.join(',')}?batch=1`, {
      headers: { authorization: `Bearer ${guest.token}`, 'content-type': 'application/json' },
      ...init,
    })

  it('of a thousand calls is refused as a whole', async () => {
    const body = JSON.stringify(
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [index, {}])),
    )
    const paths = Array<string>(1000).fill('tools.qrCode')
    expect((await batch(paths, { method: 'POST', body })).status).not.toBe(200)
  })

  it('that mixes reading and writing is refused', async () => {
    const body = JSON.stringify({ 0: { text: 'a' }, 1: {} })
    const answer = await batch(['tools.qrCode', 'billing.balance'], { method: 'POST', body })
    expect(await answer.text()).not.toContain('"remaining"')
  })

  it('cannot hide several charges behind one key', async () => {
    const spender = await signInAsGuest(server.url)
    const answer = await fetch(`${server.url}/trpc/tools.qrCode,tools.qrCode?batch=1`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${spender.token}`,
        'content-type': 'application/json',
        'idempotency-key': `op_${randomUUID()}`,
      },
      body: JSON.stringify({ 0: { text: 'one' }, 1: { text: 'two' } }),
    })
    const results: unknown = await answer.json()
    const answered = Array.isArray(results) ? results.filter((one) => 'result' in one).length : 0
    expect(await used(spender)).toBe(answered)
  })
})

describe('a method', () => {
  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s does not write', async (method) => {
    const answer = await fetch(`${server.url}/trpc/tools.qrCode`, {
      method,
      headers: { authorization: `Bearer ${guest.token}`, 'x-http-method-override': 'POST' },
    })
    expect([404, 405, 415]).toContain(answer.status)
  })

  it('is not overridden by a header', async () => {
    const before = await used(guest)
    await fetch(`${server.url}/trpc/tools.qrCode?input=%7B%22text%22%3A%22a%22%7D`, {
      headers: { authorization: `Bearer ${guest.token}`, 'x-http-method-override': 'POST' },
    })
    expect(await used(guest)).toBe(before)
  })
})

describe('input made to break something', () => {
  it.each([
    ['deep', `{"text":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['of a million elements', `{"text":[${'1,'.repeat(400_000)}1]}`],
    ['that reaches for prototypes', '{"text":"a","__proto__":{"polluted":true}}'],
    ['broken off', '{"text":'],
  ])('%s is answered below 500, and pollutes nothing', async (_, body) => {
    const answer = await post('tools.qrCode', { body })
    expect(answer.status).toBeLessThan(500)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it.each(["' or 1=1 --", '"; drop table auth_user; --', '$$', '\\', '%00', "E'\\x27'"])(
    'SQL in text stays text: %j',
    async (text) => {
      const activity = encodeURIComponent(JSON.stringify({ cursor: text, limit: 1 }))
      const answers = [
        await post('tools.qrCode', { body: JSON.stringify({ text }) }),
        await fetch(`${server.url}/trpc/billing.activity?input=${activity}`, {
          headers: { authorization: `Bearer ${guest.token}` },
        }),
      ]
      for (const answer of answers) {
        expect(answer.status).toBeLessThan(500)
        expect(await answer.text()).not.toMatch(/syntax error|SQLSTATE|pg_/u)
      }
    },
  )

  it.each(['/constructor', '/__proto__', '/..%2f..%2fetc%2fpasswd', '/%5c%5cevil', '/trpc/%00'])(
    'the path %s leads nowhere',
    async (path) => {
      const answer = await fetch(`${server.url}${path}`)
      expect(answer.status).toBeLessThan(500)
      expect(await answer.text()).not.toContain('root:')
    },
  )

  it('a Host that is none is answered below 500', async () => {
    const { hostname, port } = new URL(server.url)
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { host: 'a b/\\@evil' }
      request({ host: hostname, port, path: '/healthz', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBeLessThan(500)
  })
})

describe('an upgrade to WebSocket', () => {
  it('is not there', async () => {
    const { hostname, port } = new URL(server.url)
    const upgraded = await new Promise<boolean>((resolve) => {
      const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
      const asking = request({ host: hostname, port, path: '/trpc', headers })
      asking
        .on('upgrade', () => resolve(true))
        .on('response', (answer) => {
          answer.resume()
          resolve(false)
        })
      asking.on('error', () => resolve(false)).end()
    })
    expect(upgraded).toBe(false)
  })
})
