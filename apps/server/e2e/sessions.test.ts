import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCredentials } from '../fixtures/sign-in-account.ts'
import { type Guest, guestWith, signInAsGuest } from '../fixtures/guest.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const WEEK_MS = 7 * 86_400_000
/** Callers stay cached for five seconds; access that ends sooner was ended by a notification. */
const NOTIFIED_MS_MAX = 4_500

let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  first = await startTestServer()
  const { databaseUrl, dataDirectory } = first.config
  second = await startTestServer({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDirectory })
})
afterAll(async () => {
  await second.close()
  await first.close()
})

const statusOf = async (caller: Guest) => (await caller.read('billing.balance')).status

/** The statuses of callers after a change has ended their streams, which a server does when it evicts them from its cache. */
async function statusesAfter(
  change: () => Promise<unknown>,
  callers: readonly { url: string; token: string }[],
): Promise<number[]> {
  const streams = await Promise.all(callers.map(({ url, token }) => openBalanceStream(url, token)))
  const changedAt = Date.now()
  await change()
  await Promise.all(streams.map(({ ended }) => ended))
  expect(Date.now() - changedAt).toBeLessThan(NOTIFIED_MS_MAX)
  return Promise.all(callers.map(({ url, token }) => statusOf(guestWith(url, token))))
}

async function query<R extends Record<string, unknown>>(text: string): Promise<R[]> {
  const database = openDatabase({ url: first.config.databaseUrl ?? '' })
  try {
    return await database.query<R>({ text })
  } finally {
    await database.close()
  }
}

async function newestSession(): Promise<string> {
  const [row] = await query<{ id: string }>(
    'select id from auth_session order by "createdAt" desc limit 1',
  )
  return row?.id ?? ''
}

function post(path: string, headers: Record<string, string>, body: object = {}): Promise<Response> {
  return fetch(`${first.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

describe('a session', () => {
  it('that is signed out of one server is refused by it at once, and by another a moment later', async () => {
    const credentials = newCredentials()
    const signedUp = await post('sign-up/email', {}, credentials)
    const token = signedUp.headers.get('set-auth-token') ?? ''
    const [here, there] = [guestWith(first.url, token), guestWith(second.url, token)]
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200])
    const signOut = async () => {
      const signedOut = await post('sign-out', { authorization: `Bearer ${token}` })
      expect([signedOut.status, await statusOf(here)]).toEqual([200, 401])
    }
    expect(await statusesAfter(signOut, [{ url: second.url, token }])).toEqual([401])
  })

  it('whose user is deleted, or whose row is, is refused by every server', async () => {
    const [deleted, revoked] = [await signInAsGuest(first.url), await signInAsGuest(first.url)]
    const there = [deleted, revoked].map(({ token }) => guestWith(second.url, token))
    for (const caller of [deleted, revoked, ...there]) expect(await statusOf(caller)).toBe(200)
    const deleteBoth = async () => {
      await query(`delete from auth_session where id = '${await newestSession()}'`)
      await query(
        `delete from auth_user where id = (select "userId" from auth_session where id = '${await newestSession()}')`,
      )
    }
    const everywhere = [deleted, revoked].flatMap(({ token }) =>
      [first, second].map(({ url }) => ({ url, token })),
    )
    expect(await statusesAfter(deleteBoth, everywhere)).toEqual([401, 401, 401, 401])
  })

  it('pays from the customer that its user has now', async () => {
    const guest = await signInAsGuest(first.url)
    const [before] = await query<{ id: string; name: string }>(
      `select u.id, u.name from auth_user u join auth_session s on s."userId" = u.id where s.id = '${await newestSession()}'`,
    )
    expect((await guest.call('tools.qrCode', { text: 'hello' })).status).toBe(200)
    await query(
      `update auth_user set "customerId" = 'moved_${before?.id}' where id = '${before?.id}'`,
    )
    await expect
      .poll(async () => (await guest.read('billing.activity')).text)
      .not.toContain('tools.qrCode')
  })

  it('is known by cookie and by bearer token, and by neither with another signature', async () => {
    const entered = await post('sign-in/anonymous', {})
    const token = entered.headers.get('set-auth-token') ?? ''
    const [cookie = ''] = entered.headers.getSetCookie().map((one) => one.split(';')[0])
    const tampered = (value: string) =>
      value.replace(/\.[A-Za-z0-9]/, (two) => (two === '.A' ? '.B' : '.A'))
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${first.url}/trpc/billing.balance`, { headers })).status
    expect(await ask({ cookie })).toBe(200)
    expect(await ask({ authorization: `bearer  ${token}` })).toBe(200)
    expect(await ask({ authorization: `Bearer ${decodeURIComponent(token)}` })).toBe(200)
    expect(await ask({ cookie, authorization: 'Bearer nothing' })).toBe(200)
    expect(await ask({ cookie: tampered(cookie) })).toBe(401)
    expect(await ask({ authorization: `Bearer ${tampered(token)}` })).toBe(401)
  })

  it('in use is prolonged once a day, and refused after its end', async () => {
    const guest = await signInAsGuest(first.url)
    const id = await newestSession()
    const expiresIn = async () => {
      const [row] = await query<{ ms: number }>(
        `select (extract(epoch from "expiresAt" - now()) * 1000)::float8 as ms from auth_session where id = '${id}'`,
      )
      return row?.ms ?? 0
    }
    await query(
      `update auth_session set "expiresAt" = now() + interval '5 days' where id = '${id}'`,
    )
    expect(await statusOf(guest)).toBe(200)
    expect(await expiresIn()).toBeGreaterThan(WEEK_MS - 60_000)
    const expire = () =>
      query(`update auth_session set "expiresAt" = now() - interval '1 second' where id = '${id}'`)
    expect(await statusesAfter(expire, [{ url: first.url, token: guest.token }])).toEqual([401])
  })
})

describe('a balance stream', () => {
  type Person = { token: string; credentials: ReturnType<typeof newCredentials> }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const tokenOf = ({ headers }: Response) => headers.get('set-auth-token') ?? ''

  it.each<{ way: string; end: (person: Person) => Promise<unknown> }>([
    { way: 'is signed out', end: ({ token }) => post('sign-out', bearer(token)) },
    {
      way: 'is revoked on another device',
      end: async ({ credentials }) => {
        const other = tokenOf(await post('sign-in/email', {}, credentials))
        return post('revoke-other-sessions', bearer(other))
      },
    },
    {
      way: 'ends with its account',
      end: ({ credentials: { email } }) =>
        query(`delete from auth_user where email = '${email.toLowerCase()}'`),
    },
  ])(
    'of a session that $way ends at once in every process, the next is refused, and others go on',
    async ({ end }) => {
      const credentials = newCredentials()
      const token = tokenOf(await post('sign-up/email', {}, credentials))
      const streams = await Promise.all(
        [first, second].map(({ url }) => openBalanceStream(url, token)),
      )
      const other = await openBalanceStream(second.url, (await signInAsGuest(first.url)).token)
      let isKept = true
      void other.ended.then(() => (isKept = false))
      const endedAt = Date.now()
      await end({ token, credentials })
      await Promise.all(streams.map(({ ended }) => ended))
      expect(Date.now() - endedAt).toBeLessThan(NOTIFIED_MS_MAX)
      for (const { url } of [first, second]) {
        const next = await openBalanceStream(url, token)
        expect(next.received()).toContain('"not_signed_in"')
      }
      expect(isKept).toBe(true)
      other.close()
    },
  )
})
