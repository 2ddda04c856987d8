import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  type BillingAdminClient,
  openBillingAdmin,
  payAt,
} from '../fixtures/billing-admin-client.ts'
import { type Credentials, enter, newCredentials, postAuth } from '../fixtures/sign-in-account.ts'
import { customerOf, type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let admin: BillingAdminClient
beforeAll(async () => {
  server = await startTestServer({ TRUSTED_PROXIES: '1' })
  admin = openBillingAdmin({
    url: server.billingUrl ?? '',
    dataDirectory: server.config.dataDirectory,
  })
})
afterAll(() => server.close())

describe('a guest who bought something', () => {
  it.each([
    'sign-out',
    'delete-anonymous-user',
    'revoke-sessions',
    'revoke-session',
    'delete-user',
  ])('is not removed from what was bought by %s', async (path) => {
    const guest = await payingGuest()
    const [token] = decodeURIComponent(guest.token).split('.')
    const answer = await postAuth(server.url, path, { token }, guest)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await images(guest)).toBe(60)
  })

  it('gets the reason when signing out is refused, and what to do instead', async () => {
    const guest = await payingGuest()
    const answer = await postAuth(server.url, 'sign-out', {}, guest)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({
      code: 'GUEST_HAS_PURCHASES',
      message: expect.stringContaining('Create an account'),
    })
  })

  it('signs out when nothing was bought', async () => {
    const guest = await signInAsGuest(server.url)
    expect((await postAuth(server.url, 'sign-out', {}, guest)).status).toBe(200)
  })
})

describe('a guest who signs in to an account', () => {
  it('brings what was bought along, and leaves the free credits behind', async () => {
    const person = newCredentials()
    const account = await enter(server.url, 'sign-up/email', person)
    await account.call('tools.qrCode', { text: 'hello' })
    const guest = await payingGuest()
    await guest.call('tools.qrCode', { text: 'hello' })

    const again = await enter(server.url, 'sign-in/email', person, guest)
    expect(await images(again)).toBe(10 + 50)
    const { text } = await again.read('billing.balance')
    expect(balancesIn(text)).toContainEqual(
      expect.objectContaining({ meter: 'api_calls', used: 1, remaining: 99 }),
    )
    expect((await guest.read('billing.balance')).status).toBe(401)
  })

  it('keeps the plan, which renews for the account from then on', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const guest = await signInAsGuest(server.url)
    await images(guest)
    await admin.buy(await customerOf(server.url, guest), 'pro_monthly')
    await expect.poll(() => images(guest)).toBe(500)

    const account = await enter(server.url, 'sign-in/email', person, guest)
    expect((await account.read('billing.plan')).text).toContain('"planSlug":"pro"')
    expect((await account.call('billing.cancelPlan', {})).status).toBe(200)
  })

  it('stays the guest with everything when the password is wrong', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const guest = await payingGuest()
    const wrong = { ...person, password: 'a wrong guess' }
    expect((await postAuth(server.url, 'sign-in/email', wrong, guest)).status).toBe(401)
    expect(await images(guest)).toBe(60)
  })

  it('stays the guest when billing cannot be asked what the guest owns', async () => {
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person)
    const guest = await payingGuest()
    await admin.api('/dev/faults', z.unknown(), { down: true })
    try {
      const answer = await postAuth(server.url, 'sign-in/email', person, guest)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect((await postAuth(server.url, 'sign-out', {}, guest)).status).toBe(503)
    } finally {
      await admin.api('/dev/faults', z.unknown(), { down: false })
    }
    await expect.poll(() => images(guest), { timeout: 20_000 }).toBe(60)
  })
})

describe('a guest with a checkout that is still open', () => {
  it.each(['images_topup_50', 'pro_monthly'])(
    'signs in, and what is paid on it then belongs to the account: %s',
    async (priceSlug) => {
      const person = newCredentials()
      const account = await enter(server.url, 'sign-up/email', person)
      const before = await images(account)
      const guest = await signInAsGuest(server.url)
      await images(guest)
      const page = await admin.openCheckout(await customerOf(server.url, guest), priceSlug)

      const again = await enter(server.url, 'sign-in/email', person, guest)
      await payAt(page)
      await expect.poll(() => images(again)).toBeGreaterThan(before)
    },
  )

  it('does not sign out, as no one could use what is paid on it', async () => {
    const guest = await signInAsGuest(server.url)
    await images(guest)
    const page = await admin.openCheckout(await customerOf(server.url, guest), 'images_topup_50')
    expect((await postAuth(server.url, 'sign-out', {}, guest)).status).toBe(409)
    await payAt(page)
    await expect.poll(() => images(guest)).toBe(60)
  })

  it('signs out once it was given up', async () => {
    const guest = await signInAsGuest(server.url)
    await images(guest)
    const page = await admin.openCheckout(await customerOf(server.url, guest), 'images_topup_50')
    await fetch(`${page}/cancel`, { method: 'POST', redirect: 'manual' })
    expect((await postAuth(server.url, 'sign-out', {}, guest)).status).toBe(200)
  })
})

describe('a guest who creates an account', () => {
  it('brings what was bought along, once, however often the form is sent at the same time', async () => {
    const guest = await payingGuest()
    const people = [newCredentials(), newCredentials(), newCredentials()]
    const accounts = await Promise.all(people.map((person) => tryToEnter(person, guest)))
    const balances = await Promise.all(
      accounts.flatMap((account) => (account ? [images(account)] : [])),
    )
    expect(balances.filter((balance) => balance === 60)).toHaveLength(1)
    expect(balances.filter((balance) => balance > 10)).toHaveLength(1)
  })

  it('has its invoices sent to the address of the account, not to the one made up for the guest', async () => {
    const guest = await payingGuest()
    const customer = await customerOf(server.url, guest)
    const person = newCredentials()
    await enter(server.url, 'sign-up/email', person, guest)
    const billed = () => admin.api(`/customers/${customer}`, billedSchema)
    await expect.poll(billed).toMatchObject({ customer: { email: person.email } })
  })

  it('is charged on the account for the calls that were running', async () => {
    const guest = await signInAsGuest(server.url)
    const calling = Promise.all(
      Array.from({ length: 6 }, (_, index) => guest.call('tools.qrCode', { text: `${index}` })),
    )
    const account = await enter(server.url, 'sign-up/email', newCredentials(), guest)
    const statuses = (await calling).map(({ status }) => status)
    expect(statuses.filter((status) => status !== 200 && status !== 401)).toEqual([])
    const { text } = await account.read('billing.balance')
    const used = statuses.filter((status) => status === 200).length
    expect(balancesIn(text)).toContainEqual(expect.objectContaining({ meter: 'api_calls', used }))
  })

  it('keeps the guest and makes no account when the server dies while it hands the customer over', async () => {
    const guest = await payingGuest()
    const person = newCredentials()
    const database = openDatabase({ url: server.config.databaseUrl ?? '' })
    try {
      await database.query({ text: DIE_AT_HANDOVER })
      expect((await postAuth(server.url, 'sign-up/email', person, guest)).ok).toBe(false)
      await database.query({ text: 'drop trigger die_at_handover on auth_user' })
      expect(await images(guest)).toBe(60)

      const account = await enter(server.url, 'sign-up/email', person, guest)
      expect(await images(account)).toBe(60)
    } finally {
      await database.close()
    }
  })
})

const billedSchema = z.object({ customer: z.object({ email: z.string() }) })

const DIE_AT_HANDOVER = `
  create or replace function die_at_handover() returns trigger language plpgsql as
    'begin raise exception ''the server died''; end';
  create trigger die_at_handover before update of "customerId" on auth_user
    for each row execute function die_at_handover()`

async function payingGuest(): Promise<Guest> {
  const guest = await signInAsGuest(server.url)
  expect(await images(guest)).toBe(10)
  await admin.buy(await customerOf(server.url, guest), 'images_topup_50')
  await expect.poll(() => images(guest)).toBe(60)
  return guest
}

async function tryToEnter(person: Credentials, guest: Guest): Promise<Guest | null> {
  return enter(server.url, 'sign-up/email', person, guest).catch(() => null)
}

async function images(guest: Guest): Promise<number> {
  const { text } = await guest.read('billing.balance')
  return balancesIn(text).find(({ meter }) => meter === 'image_generations')?.remaining ?? 0
}

const balanceSchema = z.object({ meter: z.string(), remaining: z.number(), used: z.number() })
const answerSchema = z.object({
  result: z.object({ data: z.object({ balances: z.array(balanceSchema) }) }),
})

function balancesIn(text: string) {
  return answerSchema.parse(JSON.parse(text)).result.data.balances
}
