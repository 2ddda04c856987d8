import { createHash } from 'node:crypto'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Credentials, newCredentials } from '../fixtures/sign-in-account.ts'
import { guestWith } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer({
    TRUSTED_PROXIES: '1',
    NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: '10',
  })
})
afterAll(() => server.close())

let addresses = 0
/** A new client IP address, as a reverse proxy reports it. */
function newAddress(): string {
  return `203.0.113.${++addresses}`
}

function post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function rows<R extends Record<string, unknown>>(text: string): Promise<R[]> {
  const database = openDatabase({ url: server.config.databaseUrl ?? '' })
  try {
    return await database.query<R>({ text })
  } finally {
    await database.close()
  }
}

describe('a bearer token', () => {
  it('is refused without the signature of the server', async () => {
    const guest = await guestFrom(newAddress())
    const [session] = await rows<{ token: string }>(
      'select token from auth_session order by "createdAt" desc limit 1',
    )
    expect(guest.token.startsWith(`${session?.token}.`)).toBe(true)
    expect((await guest.read('billing.balance')).status).toBe(200)
    const bare = guestWith(server.url, session?.token ?? '')
    expect((await bare.read('billing.balance')).status).toBe(401)
  })

  it('is never in an answer that a page of ours can read', async () => {
    const page = { 'sec-fetch-site': 'same-origin', origin: server.url }
    const entered = await post(
      'sign-in/anonymous',
      {},
      { ...page, 'x-forwarded-for': newAddress() },
    )
    const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0])
    expect(entered.headers.get('set-auth-token')).toBeNull()
    expect(await entered.json()).not.toHaveProperty('token')

    const session = await fetch(`${server.url}/api/auth/get-session`, {
      headers: { ...page, cookie: cookie.join('; ') },
    })
    expect(session.headers.get('set-auth-token')).toBeNull()
    const body: unknown = await session.json()
    expect(body).toMatchObject({ session: {}, user: { isAnonymous: true } })
    expect(body).not.toHaveProperty('session.token')
  })
})

describe('guessing a password', () => {
  it('ends after ten attempts at one account, at once and from however many addresses', async () => {
    const person = await account()
    await attempted(person, 8)
    const guesses = Array.from({ length: 4 }, () => signIn(person, 'a wrong guess'))
    const answers = await Promise.all(guesses)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(2)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2)
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn(person, person.password)).status).toBe(429)
  })

  it('of one account leaves the others alone', async () => {
    await attempted(await account(), 10)
    const other = await account()
    expect((await signIn(other, other.password)).status).toBe(200)
  })

  it('is forgotten when the right one was given', async () => {
    const person = await account()
    await attempted(person, 9)
    expect((await signIn(person, person.password)).status).toBe(200)
    expect((await signIn(person, 'a wrong guess')).status).toBe(401)
    expect((await signIn(person, person.password)).status).toBe(200)
  })

  it('learns from no answer whether an address has an account', async () => {
    const person = newCredentials()
    await post('sign-up/email', person, { 'x-forwarded-for': newAddress() })
    const answers = await Promise.all(
      [person.email, newCredentials().email].map(async (email) => {
        const body = { email, password: 'a wrong guess' }
        const answer = await post('sign-in/email', body, { 'x-forwarded-for': newAddress() })
        return { status: answer.status, body: await answer.text() }
      }),
    )
    expect(answers[0]).toEqual(answers[1])
  })

  it('gets the time to wait when one address makes too many attempts', async () => {
    const address = newAddress()
    const guess = () => post('sign-in/email', newCredentials(), { 'x-forwarded-for': address })
    for (let count = 0; count < 3; count++) expect((await guess()).status).toBe(401)
    const refused = await guess()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('free credits for guests', () => {
  it('are given to a few guests of an address at once; the next one has to wait', async () => {
    const address = newAddress()
    const enterAgain = () => post('sign-in/anonymous', {}, { 'x-forwarded-for': address })
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await enterAgain()).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(2)
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
    const refused = await enterAgain()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)
    const account = await post('sign-up/email', newCredentials(), { 'x-forwarded-for': address })
    expect(account.status).toBe(429)
    expect((await post('sign-in/anonymous', {}, { 'x-forwarded-for': newAddress() })).status).toBe(
      200,
    )
  })

  it('are counted once for all addresses of one IPv6 network', async () => {
    const statuses: number[] = []
    for (const host of [':1', ':2', 'a:b:c:d']) {
      const headers = { 'x-forwarded-for': `2001:db8:7:7:${host}` }
      statuses.push((await post('sign-in/anonymous', {}, headers)).status)
    }
    expect(statuses).toEqual([200, 200, 429])
  })

  it('are bounded for an address and a day', async () => {
    const address = newAddress()
    await rows(`insert into auth_limit (key, points, expire)
      values ('day:${address}', 10, ${Date.now() + 3_600_000})`)
    const refused = await post('sign-in/anonymous', {}, { 'x-forwarded-for': address })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000)
  })
})

describe('the routes of sign-in', () => {
  it('leave no row behind when they are made up', async () => {
    for (let count = 0; count < 5; count++) {
      const answer = await fetch(`${server.url}/api/auth/made-up-${count}`)
      expect(answer.status).toBe(404)
    }
    expect(await rows(`select key from auth_rate_limit where key like '%made-up%'`)).toEqual([])
  })

  it.each(['delete-anonymous-user', 'update-user', 'list-sessions', 'error', 'get-session/'])(
    'do not include %s, which no client uses',
    async (path) => {
      expect((await post(path, {}, {})).status).toBe(404)
    },
  )

  it('refuse a foreign page that signs a visitor in', async () => {
    const person = newCredentials()
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const answer = await post('sign-in/email', person, {
      ...evil,
      'sec-fetch-mode': 'cors',
      'x-forwarded-for': newAddress(),
    })
    expect(answer.status).toBe(403)
  })

  it('give an account no field that its owner may not choose', async () => {
    const chosen = { customerId: 'cus_chosen', isAnonymous: true, emailVerified: true, credits: 9 }
    const answer = await post(
      'sign-up/email',
      { ...newCredentials(), ...chosen },
      { 'x-forwarded-for': newAddress() },
    )
    expect(await answer.text()).not.toContain('cus_chosen')
    const taken = await rows(`select id from auth_user where "customerId" = 'cus_chosen'`)
    expect(taken).toEqual([])
  })
})

async function account(): Promise<Credentials> {
  const person = newCredentials()
  const answer = await post('sign-up/email', person, { 'x-forwarded-for': newAddress() })
  expect(answer.status).toBe(200)
  return person
}

function signIn({ email }: Credentials, password: string): Promise<Response> {
  return post('sign-in/email', { email, password }, { 'x-forwarded-for': newAddress() })
}

/** Simulates this many earlier password attempts. */
async function attempted({ email }: Credentials, points: number): Promise<void> {
  const key = `account:${createHash('sha256').update(email).digest('base64url')}`
  await rows(`insert into auth_limit (key, points, expire)
    values ('${key}', ${points}, ${Date.now() + 600_000})`)
}

async function guestFrom(address: string) {
  const answer = await post('sign-in/anonymous', {}, { 'x-forwarded-for': address })
  return guestWith(server.url, answer.headers.get('set-auth-token') ?? '')
}
