import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter, newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('signing up', () => {
  it('keeps what the guest had left', async () => {
    const guest = await signInAsGuest(server.url)
    await spendOne(guest)
    const account = await enter(server.url, 'sign-up/email', newCredentials(), guest)
    expect(await calls(account)).toMatchObject({ used: 1, remaining: 99 })
  })

  it('leaves the guest session with nothing to spend', async () => {
    const guest = await signInAsGuest(server.url)
    await enter(server.url, 'sign-up/email', newCredentials(), guest)
    expect((await guest.call('tools.qrCode', { text: 'hello' })).status).toBe(401)
  })
})

describe('a name', () => {
  it.each(['name', 'email'] as const)(
    'that no backend takes is refused with 400: %s over 500 characters',
    async (field) => {
      const person = { ...newCredentials(), [field]: `${'x'.repeat(500)}@example.com` }
      const refused = await postAuth(server.url, 'sign-up/email', person)
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ code: 'TOO_LONG' })
    },
  )

  it('of 500 characters is kept, and its account can buy', async () => {
    const person = { ...newCredentials(), name: 'x'.repeat(500) }
    const account = await enter(server.url, 'sign-up/email', person)
    const answer = await account.call('tools.qrCode', { text: 'hello' })
    expect(answer.status, answer.text).toBe(200)
  })
})

describe('signing in', () => {
  it('brings no free credits of a guest along', async () => {
    const person = newCredentials()
    const account = await enter(server.url, 'sign-up/email', person)
    await spendOne(account)
    const guest = await signInAsGuest(server.url)
    const again = await enter(server.url, 'sign-in/email', person, guest)
    expect(await calls(again)).toMatchObject({ used: 1, remaining: 99 })
  })
})

describe('a browser whose session is gone on the server', () => {
  it.each(['sign-in/email', 'sign-up/email', 'sign-in/anonymous'])(
    'is signed in by %s',
    async (path) => {
      const known = newCredentials()
      const origin = { origin: server.url, 'sec-fetch-site': 'same-origin' }
      const before = await post('sign-up/email', known, origin)
      const dead = jarAfter(before)
      const signedOut = await post('sign-out', {}, { ...origin, cookie: dead })
      expect(signedOut.status).toBe(200)

      const body = { 'sign-in/email': known, 'sign-up/email': newCredentials() }[path] ?? {}
      const answer = await post(path, body, { ...origin, cookie: dead })
      expect(answer.status).toBe(200)
      const balance = await fetch(`${server.url}/trpc/billing.balance`, {
        headers: { cookie: jarAfter(answer) },
      })
      expect(balance.status, answer.headers.getSetCookie().join('\n')).toBe(200)
    },
  )
})

describe('signing out', () => {
  it('ends the token', async () => {
    const account = await enter(server.url, 'sign-up/email', newCredentials())
    await postAuth(server.url, 'sign-out', {}, account)
    expect((await account.read('billing.balance')).status).toBe(401)
  })
})

function post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** The cookies that a browser keeps after a response: the last of each name, without those that have expired. */
function jarAfter(answer: Response): string {
  const jar = new Map<string, string>()
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/Max-Age=0(;|$)/i.test(line)) jar.delete(name)
    else jar.set(name, value)
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

async function spendOne(guest: Guest): Promise<void> {
  const answer = await guest.call('tools.qrCode', { text: 'hello' })
  expect(answer.status, answer.text).toBe(200)
}

async function calls(guest: Guest): Promise<unknown> {
  const { text } = await guest.read('billing.balance')
  const { balances } = JSON.parse(text).result.data
  return balances.find((balance: { meter: string }) => balance.meter === 'api_calls')
}
