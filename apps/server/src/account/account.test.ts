import { randomUUID } from 'node:crypto'
import { checkInvariants } from '@tollgate/metering/postgres'
import { type Database, openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customerOf, guestWith } from '../../fixtures/guest.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
}, 120_000)
afterAll(() => server.close())

const PROMPT = 'a confidential heron at dusk'
const PASSWORD = 'correct horse battery staple'

async function signUp(email: string, name = newName()) {
  const response = await fetch(`${server.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, name, password: PASSWORD }),
  })
  return guestWith(server.url, response.headers.get('set-auth-token') ?? '')
}

const newName = () => `Wilhelmina ${randomUUID()}`
const newEmail = () => `wilhelmina.${randomUUID()}@example.com`

async function exportOf(token: string) {
  const response = await fetch(`${server.url}/api/account/export`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const text = await response.text()
  const lines = response.ok
    ? text
        .trim()
        .split('\n')
        .map((line) => exportLine.parse(JSON.parse(line)))
    : []
  return { status: response.status, headers: response.headers, text, lines }
}

const exportLine = z.looseObject({ kind: z.string() })

describe('an export', () => {
  it('is everything that is held of its customer, with signed receipts and without secrets', async () => {
    const [email, name] = [newEmail(), newName()]
    const person = await signUp(email, name)
    await person.call('tools.qrCode', { text: PROMPT })
    const created = await person.call('apiKeys.create', { name: 'the key of the press' })
    const { status, headers, text, lines } = await exportOf(person.token)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toContain('attachment')
    const kinds = new Set(lines.map(({ kind }) => kind))
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'account',
        'session',
        'apiKey',
        'balance',
        'billing',
        'ledger',
        'operation',
      ]),
    )
    expect(lines.find(({ kind }) => kind === 'account')).toMatchObject({ email, name })
    expect(lines.find(({ kind }) => kind === 'operation')).toMatchObject({
      state: 'settled',
      signed: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      result: { output: expect.anything() },
    })
    const { secret } = z
      .object({ result: z.object({ data: z.object({ secret: z.string() }) }) })
      .parse(created.body).result.data
    for (const hidden of [secret, person.token, PASSWORD]) expect(text).not.toContain(hidden)
  })

  it('has nothing of anyone else, and is not for a stranger or a program', async () => {
    const name = newName()
    const [person, other] = [await signUp(newEmail(), name), await signUp(newEmail())]
    await person.call('tools.qrCode', { text: PROMPT })
    const created = await person.call('apiKeys.create', { name: 'a key' })
    const { secret } = z
      .object({ result: z.object({ data: z.object({ secret: z.string() }) }) })
      .parse(created.body).result.data
    expect((await exportOf(other.token)).text).not.toContain(name)
    expect((await exportOf(secret)).status).toBe(404)
    expect((await exportOf('nonsense')).status).toBe(401)
  })
})

describe('deleting an account', () => {
  it('leaves nothing of the person in any table, and its operations as they were', async () => {
    const [email, name, prompt] = [newEmail(), newName(), `${PROMPT} ${randomUUID()}`]
    const person = await signUp(email, name)
    const customerId = await customerOf(server.url, person)
    await person.call('tools.qrCode', { text: prompt })
    await person.call('apiKeys.create', { name: `the key of ${name}`.slice(0, 60) })
    expect(await tablesWith(email)).not.toEqual([])
    const before = await operationsOf(customerId)
    expect(before).toMatchObject([{ state: 'settled', charged: 1 }])

    const deleted = await person.call('account.delete', { understood: true })
    expect(deleted.status).toBe(200)
    expect((await person.read('billing.balance')).status).toBe(401)
    await waitIsOver(customerId)
    await erased(customerId)

    for (const text of [email, name, prompt, encodeURIComponent(prompt)]) {
      expect(await tablesWith(text), text).toEqual([])
    }
    expect(await operationsOf(customerId)).toEqual(before)
    expect(await invariants()).toEqual([])

    // A new account with the same address is a new customer.
    const again = await signUp(email)
    expect(await customerOf(server.url, again)).not.toBe(customerId)
    const operations = (await exportOf(again.token)).lines.filter(
      ({ kind }) => kind === 'operation',
    )
    expect(operations).toEqual([])
  }, 180_000)

  it('deletes the organization that its owner acts for, then its owner, and neither without being understood', async () => {
    const person = await signUp(newEmail())
    const careless = await person.call('account.delete', {})
    expect(careless.status).toBe(400)
    await fetch(`${server.url}/api/auth/organization/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${person.token}` },
      body: JSON.stringify({ name: 'The Press', slug: 'the-press' }),
    })
    const own = await person.call('account.delete', { understood: true })
    // The session now acts for the organization, which therefore has an owner who may delete it.
    expect(own.status).toBe(200)
    const other = await person.call('account.delete', { understood: true })
    expect(other.status).toBe(200)
    expect((await person.read('billing.balance')).status).toBe(401)
  })

  it('leaves no organization billed at its address, and the next owner in its place', async () => {
    const [email, heir] = [newEmail(), newEmail()]
    const [person, other] = [await signUp(email), await signUp(heir)]
    const post = async (caller: { token: string }, path: string, body: object) => {
      const answer = await fetch(`${server.url}/api/auth/organization/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${caller.token}` },
        body: JSON.stringify(body),
      })
      return identified.parse(await answer.json())
    }
    const { id: organizationId } = await post(person, 'create', { name: 'Acme', slug: 'acme' })
    await person.call('tools.qrCode', { text: 'for Acme' })
    const invitation = { email: heir, role: 'owner', organizationId }
    const { id: invitationId } = await post(person, 'invite-member', invitation)
    await post(other, 'accept-invitation', { invitationId })
    await post(person, 'set-active', { organizationId: null })
    const deleted = await person.call('account.delete', { understood: true })
    expect(deleted.text).toContain('"blockedBy":null')

    await expect.poll(() => tablesWith(email), { timeout: 60_000, interval: 500 }).toEqual([])
    await post(other, 'set-active', { organizationId })
    const billed = (await exportOf(other.token)).lines.find(({ kind }) => kind === 'organization')
    expect(billed).toMatchObject({ billingEmail: heir })
  }, 120_000)

  it('of someone else is not possible', async () => {
    const person = await signUp(newEmail())
    const other = await signUp(newEmail())
    const input = {
      understood: true,
      customerId: await customerOf(server.url, person),
      userId: 'x',
    }
    await other.call('account.delete', input)
    expect((await person.read('billing.balance')).status).toBe(200)
    expect((await other.read('billing.balance')).status).toBe(401)
    const stranger = await guestWith(server.url, 'nonsense').call('account.delete', input)
    expect(stranger.status).toBe(401)
  })
})

const identified = z.looseObject({ id: z.string() }).catch({ id: '' })

const opened = new Map<string, Database>()
afterAll(() => Promise.all([...opened.values()].map((database) => database.close())))

function open(url = ''): Database {
  const database = opened.get(url) ?? openDatabase({ url, maxConnections: 1 })
  opened.set(url, database)
  return database
}

function query<Row extends Record<string, unknown>>(
  url: string | undefined,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return open(url).query<Row>({ text, values })
}

/** Every text column of every table, in both databases. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = []
  for (const url of [server.config.databaseUrl, server.config.billingDatabaseUrl]) {
    const columns = await query<{ place: string; table: string; column: string }>(
      url,
      `select format('%s.%s', c.table_name, c.column_name) as place, format('%I.%I', c.table_schema, c.table_name) as "table",
         quote_ident(c.column_name) as "column"
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where t.table_type = 'BASE TABLE' and c.table_schema in ('public', 'metering')
         and c.data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY')`,
    )
    expect(columns.length).toBeGreaterThan(20)
    for (const { place, table, column } of columns) {
      const rows = await query(
        url,
        `select 1 from ${table} where strpos(${column}::text, $1) > 0 limit 1`,
        [text],
      )
      if (rows.length > 0) found.push(place)
    }
  }
  return found
}

async function operationsOf(customerId: string) {
  return query(
    server.config.databaseUrl,
    `select operation_id, state, charged, procedure, key from metering.operation where customer_id = $1 order by operation_id`,
    [customerId],
  )
}

async function invariants(): Promise<string[]> {
  const broken = await checkInvariants(open(server.config.databaseUrl))
  return broken.map(({ invariant }) => invariant.id)
}

/** Skips the delay during which servers may still accept a deleted caller from their caches. */
async function waitIsOver(customerId: string): Promise<void> {
  await query(
    server.config.databaseUrl,
    'update erasure set due_at = now() where customer_id = $1 and due_at > now()',
    [customerId],
  )
}

/** Waits until the customer is fully erased. */
async function erased(customerId: string): Promise<void> {
  await expect
    .poll(
      () =>
        query(server.config.databaseUrl, 'select due_at from erasure where customer_id = $1', [
          customerId,
        ]),
      { timeout: 120_000, interval: 500 },
    )
    .toEqual([{ due_at: null }])
}
