import type { AppRouter } from '@tollgate/api'
import { createTollgate } from '@tollgate/client'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import { type Guest, guestWith, signInAsGuest } from '../fixtures/guest.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { openBalanceStream } from '../fixtures/open-balance-stream.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const QR_CODE = { text: 'https://example.com' }

/** A key stays cached for five seconds; access that ends sooner was ended by a notification. */
const NOTIFIED_MS_MAX = 4_500

let first: Awaited<ReturnType<typeof startTestServer>>
let second: Awaited<ReturnType<typeof startTestServer>>
let owner: Guest
beforeAll(async () => {
  first = await startTestServer()
  const { databaseUrl, dataDirectory } = first.config
  second = await startTestServer({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDirectory })
  owner = await enter(first.url, 'sign-up/email', newCredentials())
})
afterAll(async () => {
  await second?.close()
  await first?.close()
})

async function query(text: string): Promise<Record<string, unknown>[]> {
  const database = openDatabase({ url: first.config.databaseUrl ?? '' })
  try {
    return await database.query({ text })
  } finally {
    await database.close()
  }
}

const statusOf = async (caller: Guest) => (await caller.read('billing.balance')).status

describe('a call with an API key', () => {
  it('is its owner’s: charged to the owner’s balance, once for a repeated operation key', async () => {
    const program = await createApiKey(first.url, owner)
    const operationKey = `op_${crypto.randomUUID()}`
    const made = await program.call('tools.qrCode', QR_CODE, operationKey)
    expect(made.status, made.text).toBe(200)
    const again = await program.call('tools.qrCode', QR_CODE, operationKey)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    const { text } = await owner.read('billing.activity?input=%7B%7D')
    expect(text.match(/"procedure":"tools.qrCode"/g)).toHaveLength(1)
    expect((await program.read('billing.balance')).text).toContain('"used":1')
  })

  it('is refused at the limit it was created with, until its owner raises that', async () => {
    const limits = [{ meter: 'api_calls', amount: 1, period: null }]
    const program = await createApiKey(first.url, owner, { limits })
    const draw = async () => (await program.call('tools.qrCode', { text: 'a label' })).text
    expect(await draw()).toContain('"result"')
    expect(await draw()).toContain(`"subject":{"kind":"key","id":"${program.id}"}`)
    const subject = { kind: 'key', id: program.id }
    const raised = { subject, meter: 'api_calls', amount: 2, period: null }
    expect((await program.call('limits.set', raised)).status).toBe(403)
    expect((await owner.call('limits.set', raised)).text).toContain('"spent":1,"left":1')
    expect(await draw()).toContain('"result"')
    expect(await draw()).toContain('"kind":"limit"')
    await owner.call('apiKeys.revoke', { id: program.id })
    expect((await owner.read('billing.ledger?input=%7B%7D')).text).toContain(
      `"subjects":[{"kind":"key","id":"${program.id}"}]`,
    )
    expect((await owner.read('account.spenders')).text).toContain(
      `{"id":"${program.id}","name":"A program"}`,
    )
  })

  it('reads the file of what it made', async () => {
    const program = await createApiKey(first.url, owner)
    const made = await program.call('images.generate', { title: 'A lighthouse' })
    const [path = ''] = made.text.match(/\/api\/results\/[0-9a-f-]+/) ?? []
    const authorization = `Bearer ${program.token}`
    const file = await fetch(`${first.url}${path}`, { headers: { authorization } })
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  it('of the typed client goes the same way', async () => {
    const { token: apiKey } = await createApiKey(first.url, owner)
    const { client } = createTollgate<AppRouter>({
      url: `${first.url}/trpc`,
      apiKey,
      streams: { 'text.summarize': true },
    })
    expect(await client.tools.qrCode.mutate({ text: 'by the client' })).toMatchObject({
      text: 'by the client',
    })
  })

  it('outside of its procedures or its meters is refused with the reason, and costs nothing', async () => {
    const before = (await owner.read('billing.activity?input=%7B%7D')).text
    const byProcedure = await createApiKey(first.url, owner, { procedures: ['tools.qrCode'] })
    const byMeter = await createApiKey(first.url, owner, { meters: ['api_calls'] })
    const refusals = [
      await byProcedure.call('images.generate', { title: 'A lighthouse' }),
      await byMeter.call('images.generate', { title: 'A lighthouse' }),
      await byMeter.read('billing.plan'),
    ]
    expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(refusals[0]?.text).toContain('does not include images.generate')
    expect(refusals[1]?.text).toContain('does not include the meter image_generations')
    expect(refusals[2]?.text).toContain('billing.plan is not for API keys')
    expect((await owner.read('billing.activity?input=%7B%7D')).text).toBe(before)
    expect((await byMeter.call('tools.qrCode', { text: 'inside' })).status).toBe(200)
  })
})

describe('an API key', () => {
  it('that is revoked is refused by its server at once, and by another a moment later', async () => {
    const here = await createApiKey(first.url, owner)
    const there = guestWith(second.url, here.token)
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200])
    const stream = await openBalanceStream(second.url, here.token)
    await owner.call('apiKeys.revoke', { id: here.id })
    const refused = await here.read('billing.balance')
    expect(refused.status).toBe(401)
    expect(refused.text).toContain('This API key was revoked')
    // A server ends the streams of a caller when it evicts the caller from its cache.
    const waitedFrom = Date.now()
    await stream.ended
    expect(Date.now() - waitedFrom).toBeLessThan(NOTIFIED_MS_MAX)
    expect(await statusOf(there)).toBe(401)
  })

  it('that has expired, or never was one, is refused in words of its own', async () => {
    const program = await createApiKey(first.url, owner, { expiresInDays: 1 })
    expect(await statusOf(program)).toBe(200)
    const stream = await openBalanceStream(first.url, program.token)
    await query(`update auth_api_key set expires_at = now() where id = '${program.id}'`)
    const waitedFrom = Date.now()
    await stream.ended
    expect(Date.now() - waitedFrom).toBeLessThan(NOTIFIED_MS_MAX)
    const expired = await program.read('billing.balance')
    expect(expired.text).toContain('This API key has expired')
    const made = guestWith(first.url, 'tollgate_sk_nothing')
    expect((await made.read('billing.balance')).text).toContain('There is no such API key')
  })

  it('is shown once, stored as a hash, and listed with its use', async () => {
    const program = await createApiKey(first.url, owner)
    await program.read('billing.balance')
    await expect
      .poll(
        async () =>
          (await query(`select last_used_at from auth_api_key where id = '${program.id}'`))[0],
      )
      .toMatchObject({ last_used_at: expect.any(Date) })
    const { text } = await owner.read('apiKeys.list')
    expect(text).toContain(program.id)
    expect(text).toContain(`"hint":"${program.token.slice(-4)}"`)
    expect(text).not.toContain(program.token)
    const rows = await query('select k::text as row from auth_api_key k')
    const hex = Buffer.from(program.token).toString('hex')
    for (const { row } of rows) {
      expect(row).not.toContain(program.token)
      expect(row).not.toContain(hex)
    }
  })

  it('is created by an account, not by a guest, whose user ends', async () => {
    const guest = await signInAsGuest(first.url)
    const refused = await guest.call('apiKeys.create', { name: 'A program' })
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('Create an account first'),
    ])
  })

  it('has a scope of what is sold', async () => {
    for (const scope of [{ procedures: ['billing.checkout'] }, { meters: ['gold'] }]) {
      const refused = await owner.call('apiKeys.create', { name: 'A program', ...scope })
      expect(refused.status, refused.text).toBe(400)
    }
  })
})
