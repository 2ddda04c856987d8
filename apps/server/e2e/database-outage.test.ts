import { randomUUID } from 'node:crypto'
import { ensureDatabase } from '@tollgate/database'
import { testPostgresUrl } from '@tollgate/testing/database'
import { createPostgresProxy, type PostgresProxy } from '@tollgate/testing/faults'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let proxy: PostgresProxy
let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
let cookie: string

beforeAll(async () => {
  const name = `outage_${randomUUID().replaceAll('-', '')}`
  const direct = new URL(testPostgresUrl())
  await ensureDatabase({ url: direct.href, name })
  direct.pathname = `/${name}`
  proxy = await createPostgresProxy({ targetPort: Number(direct.port) })
  server = await startTestServer({ DATABASE_URL: proxy.through(direct.href) })
  guest = await signInAsGuest(server.url)
  await guest.read('billing.balance')
  const signedIn = await post('/api/auth/sign-in/anonymous', {})
  cookie = signedIn.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ')
})
afterAll(async () => {
  await server.close()
  await proxy.close()
})

describe('while the database is away', () => {
  const doors: { name: string; ask: () => Promise<Response> }[] = [
    { name: 'a read', ask: () => get('/trpc/billing.balance', bearer()) },
    { name: 'a read by cookie', ask: () => get('/trpc/billing.balance', { cookie }) },
    { name: 'a batch', ask: () => get('/trpc/billing.balance,billing.plan?batch=1', bearer()) },
    {
      // An extra cookie, so that the server does not find the caller in its cache.
      name: 'a public read of someone signed in',
      ask: () => get('/trpc/billing.catalog', { cookie: `${cookie}; theme=dark` }),
    },
    { name: 'a billed call', ask: () => post('/trpc/tools.qrCode', { text: 'hello' }, bearer()) },
    { name: 'a free call', ask: () => post('/trpc/billing.refresh', {}, bearer()) },
    { name: 'get-session', ask: () => get('/api/auth/get-session', bearer()) },
    { name: 'a sign-in as a guest', ask: () => post('/api/auth/sign-in/anonymous', {}) },
    {
      name: 'a sign-in',
      ask: () => post('/api/auth/sign-in/email', { email: 'a@example.com', password: 'password' }),
    },
    { name: 'readiness', ask: () => get('/readyz') },
  ]

  it.each(doors)('$name is answered 503 and when to come back', async ({ ask }) => {
    proxy.decide(() => ({ at: 'before' }))
    const response = await ask()
    expect(response.status, await response.clone().text()).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await response.text()).not.toMatch(/node_modules|ECONN|Connection terminated/)
  })

  it.each([
    { name: 'a list of API keys', ask: () => get('/trpc/apiKeys.list', bearer()) },
    {
      name: 'the end of an API key',
      ask: () => post('/trpc/apiKeys.revoke', { id: randomUUID() }, bearer()),
    },
  ])('$name is answered 503 also to a caller that is remembered', async ({ ask }) => {
    proxy.decide(() => null)
    await expect.poll(async () => (await get('/trpc/billing.balance', bearer())).status).toBe(200)
    proxy.decide(() => ({ at: 'before' }))
    const response = await ask()
    expect(response.status, await response.clone().text()).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('a balance stream says that it is unavailable', async () => {
    proxy.decide(() => ({ at: 'before' }))
    const response = await get('/trpc/billing.onBalance', bearer())
    expect([503, 200]).toContain(response.status)
    expect(await response.text()).toContain('billing_unavailable')
  })

  it('everything works again once it is back', async () => {
    proxy.decide(() => null)
    await expect.poll(async () => (await get('/readyz')).status).toBe(200)
    expect((await guest.call('tools.qrCode', { text: 'hello' })).status).toBe(200)
  })
})

const bearer = () => ({ authorization: `Bearer ${guest.token}` })

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers })
}

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `op_${randomUUID()}`,
      ...headers,
    },
    body: JSON.stringify(body),
  })
}
