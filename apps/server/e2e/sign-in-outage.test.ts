import { randomUUID } from 'node:crypto'
import { ensureDatabase, openDatabase } from '@tollgate/database'
import { testPostgresUrl } from '@tollgate/testing/database'
import { createPostgresProxy, type PostgresProxy } from '@tollgate/testing/faults'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newCredentials } from '../fixtures/sign-in-account.ts'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

/** More than the connections of sign-in's pool. */
const RUSH = 24

let proxy: PostgresProxy
let databaseUrl: string
let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
const person = newCredentials()

beforeAll(async () => {
  const name = `sign_in_outage_${randomUUID().replaceAll('-', '')}`
  const direct = new URL(testPostgresUrl())
  await ensureDatabase({ url: direct.href, name })
  direct.pathname = `/${name}`
  databaseUrl = direct.href
  proxy = await createPostgresProxy({ targetPort: Number(direct.port) })
  server = await startTestServer({
    DATABASE_URL: proxy.through(databaseUrl),
    TRUSTED_PROXIES: '1',
  })
  guest = await signInAsGuest(server.url)
  await post('sign-up/email', person)
})
afterEach(() => proxy.decide(() => null))
afterAll(async () => {
  await server.close()
  await proxy.close()
})

describe('a connection that is lost inside the sign-in library', () => {
  it.each([
    ['sign-up/email', 'insert into "auth_user"', newCredentials()],
    ['sign-up/email', 'insert into "auth_account"', newCredentials()],
    ['sign-up/email', 'insert into "auth_session"', newCredentials()],
    ['sign-in/email', 'from "auth_user"', person],
    ['sign-in/email', 'insert into "auth_session"', person],
    ['sign-in/anonymous', 'insert into "auth_user"', {}],
  ])('is answered 503 and when to come back: %s at %s', async (path, statement, body) => {
    proxy.decide(({ text }) => (text.includes(statement) ? { at: 'before' } : null))
    expect(described(await post(path, body))).toEqual(UNAVAILABLE)
    proxy.decide(() => null)
    expect((await post(path, body)).status).toBe(200)
  })

  it('is answered 503 where only the session is read', async () => {
    proxy.decide(({ text }) => (text.includes('from auth_session') ? { at: 'before' } : null))
    expect(described(await readBalance())).toEqual(UNAVAILABLE)
  })
})

describe('a pool of connections that is exhausted', () => {
  it(
    'is answered 503 and when to come back, by calls and by sign-in',
    { timeout: 60_000 },
    async () => {
      const outside = openDatabase({ url: databaseUrl, maxConnections: 1 })
      const blocked = await outside.transaction(async ({ query }) => {
        await query({ text: 'lock table auth_session, auth_user in access exclusive mode' })
        const rush = Array.from({ length: RUSH }, readBalance)
        // The first requests block on the locked table; later ones get no connection.
        const first = await Promise.race(rush)
        expect(described(first)).toEqual(UNAVAILABLE)
        expect(described(await post('sign-in/email', person))).toEqual(UNAVAILABLE)
        expect(described(await post('sign-in/anonymous', {}))).toEqual(UNAVAILABLE)
        expect(described(await post('sign-up/email', newCredentials()))).toEqual(UNAVAILABLE)
        return rush
      })
      const statuses = (await Promise.all(blocked)).map(({ status }) => status)
      expect(new Set(statuses)).toEqual(new Set([200, 503]))
      await outside.close()
    },
  )
})

/** From a new IP address each time, so that no rate limit responds first. */
function post(path: string, body: object): Promise<Response> {
  const address = Array.from({ length: 3 }, () => Math.floor(Math.random() * 256)).join('.')
  return fetch(`${server.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.${address}` },
    body: JSON.stringify(body),
  })
}

/** A new cookie each time forces a session lookup, because callers are cached by everything they send. */
function readBalance(): Promise<Response> {
  const headers = { authorization: `Bearer ${guest.token}`, cookie: `visit=${randomUUID()}` }
  return fetch(`${server.url}/trpc/billing.balance`, { headers })
}

const UNAVAILABLE = { status: 503, retryAfter: '1' }

function described({ status, headers }: Response) {
  return { status, retryAfter: headers.get('retry-after') }
}
