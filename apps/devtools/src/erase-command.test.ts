import { type ChildProcess, execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Database, openDatabase } from '@tollgate/database'
import {
  type BillingAdminClient,
  customerOf,
  guestWith,
  openBillingAdmin,
  startTestServer,
} from '@tollgate/server/testing'
import { buildCommand } from '@tollgate/testing/command'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const PASSWORD = 'correct horse battery staple'

let server: Awaited<ReturnType<typeof startTestServer>>
let admin: BillingAdminClient
let program: readonly string[]
beforeAll(async () => {
  program = await buildCommand(join(import.meta.dirname, 'billing-admin.ts'))
  server = await startTestServer({ TRUSTED_PROXIES: '1' })
  const { dataDirectory } = server.config
  admin = openBillingAdmin({ url: server.billingUrl ?? '', dataDirectory })
}, 120_000)
afterAll(() => server.close())

describe('billing:admin erase', { timeout: 120_000 }, () => {
  it('names the customer and deletes nothing until it is repeated with --yes', async () => {
    const email = `${randomUUID()}@example.com`
    const person = await signUp(email)
    const customerId = await customerOf(server.url, person)
    const asked = await erase(email)
    expect(asked).toEqual({
      code: 1,
      output: '',
      error: `This deletes customer ${customerId}. Repeat with --yes.\n`,
    })
    expect(await signIn(email)).toBe(200)

    expect(await erase(email.toUpperCase(), '--yes')).toEqual({
      code: 0,
      output: `Deleted. Customer ${customerId} is being erased.\n`,
      error: '',
    })
    expect(await signIn(email)).toBe(401)
    expect(await erase(email, '--yes')).toMatchObject({
      code: 1,
      error: 'There is no user with this address.\n',
    })
  })

  it('refuses while a paid plan would renew, and deletes once it is cancelled', async () => {
    const { email, person, customerId } = await newPerson()
    await admin.buy(customerId, 'pro_monthly')
    const refused = { code: 1, output: '', error: expect.stringContaining('Cancel it first') }
    expect(await erase(email)).toEqual(refused)
    expect(await erase(email, '--yes')).toEqual(refused)
    expect(await signIn(email)).toBe(200)
    expect((await person.call('billing.cancelPlan', {})).status).toBe(200)
    expect(await erase(email, '--yes')).toMatchObject({ code: 0 })
  })

  it('refuses while a checkout can still be paid, or the backend cannot say so', async () => {
    const { email, customerId } = await newPerson()
    await admin.openCheckout(customerId, 'images_topup_50')
    const refused = { code: 1, error: expect.stringContaining('checkout can still be paid') }
    expect(await erase(email, '--yes')).toMatchObject(refused)
    expect(await run(['erase', email, '--yes'], { BILLING_PORT: '1' })).toMatchObject({ code: 1 })
    expect(await signIn(email)).toBe(200)
  })

  it('deletes all or nothing: killed before its end, it is repeated', async () => {
    const { email, customerId } = await newPerson()
    const database = openDatabase({ url: server.config.databaseUrl ?? '', maxConnections: 2 })
    await database.transaction(async (transaction) => {
      await transaction.query({
        text: 'select 1 from auth_user where lower(email) = lower($1) for update',
        values: [email],
      })
      const killed = run(['erase', email, '--yes'], {}, (child) => {
        void vi
          .waitUntil(() => isWaiting(database), { timeout: 20_000, interval: 50 })
          .then(() => child.kill('SIGKILL'))
      })
      expect((await killed).output).toBe('')
    })
    expect(await signIn(email)).toBe(200)
    expect(await erase(email, '--yes')).toMatchObject({ code: 0 })
    const erasures = await database.query({
      text: 'select 1 from erasure where customer_id = $1',
      values: [customerId],
    })
    await database.close()
    expect(erasures).toHaveLength(1)
    expect(await signIn(email)).toBe(401)
  })

  it('refuses to delete the only owner of an organization', async () => {
    const email = `${randomUUID()}@example.com`
    const { token } = await signUp(email)
    await post('organization/create', { name: 'The Press', slug: 'the-press' }, token)
    expect(await erase(email, '--yes')).toMatchObject({
      code: 1,
      error: expect.stringContaining('Only owner of The Press. Make someone else its owner'),
    })
    expect(await signIn(email)).toBe(200)
  })
})

let requests = 0

function post(path: string, body: object, token?: string): Promise<Response> {
  return fetch(`${server.url}/api/auth/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // A separate address, so that no limit of sign-ins applies.
      'x-forwarded-for': `10.0.0.${(requests += 1)}`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
}

async function signUp(email: string) {
  const answer = await post('sign-up/email', { email, name: 'A person', password: PASSWORD })
  return guestWith(server.url, answer.headers.get('set-auth-token') ?? '')
}

async function signIn(email: string): Promise<number> {
  return (await post('sign-in/email', { email, password: PASSWORD })).status
}

/** Signs up a user that the billing backend knows. */
async function newPerson() {
  const email = `${randomUUID()}@example.com`
  const person = await signUp(email)
  await person.read('billing.balance')
  return { email, person, customerId: await customerOf(server.url, person) }
}

/** Whether a statement of the command waits for a lock. */
async function isWaiting(database: Database): Promise<boolean> {
  const rows = await database.query({
    text: `select 1 from pg_stat_activity where application_name = 'tollgate-admin' and wait_event_type = 'Lock'
           and datname = current_database()`,
  })
  return rows.length > 0
}

type Outcome = { code: number; output: string; error: string }

const erase = (...args: string[]): Promise<Outcome> => run(['erase', ...args])

function run(
  args: readonly string[],
  changed: Record<string, string> = {},
  onStart: (child: ChildProcess) => void = () => {},
): Promise<Outcome> {
  const { databaseUrl = '', dataDirectory, billingPort } = server.config
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDirectory,
    BILLING_PORT: String(billingPort),
    ...changed,
  }
  return new Promise((resolve) => {
    const all = [...program, ...args]
    const child = execFile(process.execPath, all, { env }, (failure, output, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, output, error })
    })
    onStart(child)
  })
}
