import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Guest, guestWith, signInAsGuest } from './guest.ts'
import { startTestServer } from './start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('signing up', () => {
  it('keeps what the guest had left', async () => {
    const guest = await signInAsGuest(server.url)
    await spendOne(guest)
    const account = await enter('sign-up/email', newPerson(), guest)
    expect(await calls(account)).toMatchObject({ used: 1, remaining: 99 })
  })

  it('leaves the guest session with nothing to spend', async () => {
    const guest = await signInAsGuest(server.url)
    await enter('sign-up/email', newPerson(), guest)
    expect((await guest.call('tools.qrCode', { text: 'hello' })).status).toBe(401)
  })
})

describe('signing in', () => {
  it('brings no free credits of a guest along', async () => {
    const person = newPerson()
    const account = await enter('sign-up/email', person)
    await spendOne(account)
    const again = await enter('sign-in/email', person, await signInAsGuest(server.url))
    expect(await calls(again)).toMatchObject({ used: 1, remaining: 99 })
  })
})

describe('signing out', () => {
  it('ends the token', async () => {
    const account = await enter('sign-up/email', newPerson())
    await fetch(`${server.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.token}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect((await account.read('billing.balance')).status).toBe(401)
  })
})

type Person = { name: string; email: string; password: string }

function newPerson(): Person {
  return { name: 'A person', email: `${randomUUID()}@example.com`, password: randomUUID() }
}

async function enter(path: string, person: Person, as?: Guest): Promise<Guest> {
  const response = await fetch(`${server.url}/api/auth/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as ? { authorization: `Bearer ${as.token}` } : {}),
    },
    body: JSON.stringify(person),
  })
  const token = response.headers.get('set-auth-token')
  if (!token) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return guestWith(server.url, token)
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
