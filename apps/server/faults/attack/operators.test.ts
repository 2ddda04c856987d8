import { operatorRouter } from '@tollgate/api'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../../fixtures/api-key-of.ts'
import { type Guest, guestWith, signInAsGuest } from '../../fixtures/guest.ts'
import { changeOperatorOf, makeOperator } from '../../fixtures/make-operator.ts'
import { enter, newCredentials } from '../../fixtures/sign-in-account.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { makeTeam } from '../../fixtures/team.ts'

const ID = '00000000-0000-4000-8000-000000000000'
/** An input with the fields of every procedure. */
const INPUT = {
  text: ID,
  days: 1,
  customerId: ID,
  operationId: ID,
  transactionId: ID,
  amount: 1,
  reason: 'an attack',
}
const PROCEDURES = Object.entries(operatorRouter._def.procedures).map(([path, { _def }]) => ({
  path,
  type: _def.type,
}))

let server: Awaited<ReturnType<typeof startTestServer>>
const callers = new Map<string, { guest: Guest; status: 401 | 403 }>()
beforeAll(async () => {
  // Sign-ins are limited per address, so everyone here has their own.
  server = await startTestServer({ TRUSTED_PROXIES: '1' })
  const { url } = server
  const account = await enter(url, 'sign-up/email', newCredentials())
  const operator = await signUpOperator()
  callers.set('a visitor', { guest: guestWith(url, 'nothing'), status: 401 })
  callers.set('a guest', { guest: await signInAsGuest(url), status: 403 })
  callers.set('a customer', { guest: account, status: 403 })
  callers.set('the owner of an organization', { guest: (await makeTeam(url)).owner, status: 403 })
  callers.set('an API key', { guest: await createApiKey(url, account), status: 401 })
  callers.set('an operator’s API key', {
    guest: await createApiKey(url, operator.guest),
    status: 401,
  })
})
afterAll(() => server.close())

describe('the operator’s view', () => {
  it.each([
    { who: 'a visitor' },
    { who: 'a guest' },
    { who: 'a customer' },
    { who: 'the owner of an organization' },
    { who: 'an API key' },
    { who: 'an operator’s API key' },
  ])('is refused to $who, whichever procedure it calls', async ({ who }) => {
    const caller = callers.get(who)
    if (!caller) throw new Error(`There is no ${who}.`)
    const statuses = await statusesOf(caller.guest)
    expect(statuses).toEqual(PROCEDURES.map(({ path }) => `${path}: ${caller.status}`))
  })

  it('has more than ten procedures, all of which an operator may call', async () => {
    const { guest } = await signUpOperator()
    expect(PROCEDURES.length).toBeGreaterThan(10)
    expect(await statusesOf(guest)).toEqual(PROCEDURES.map(({ path }) => `${path}: 200`))
  })

  it('has no control of development: no clock, no faults, no simulated payment, and no role to give', () => {
    const controls = /clock|time|fault|simulat|advance|payment|grant|role|add|remove|seed/i
    expect(PROCEDURES.filter(({ path }) => controls.test(path))).toEqual([])
  })

  it('is not called from another origin', async () => {
    const { guest } = await signUpOperator()
    const cookie = `better-auth.session_token=${guest.token}`
    const headers = { cookie, origin: 'https://evil.example' }
    const changed = await fetch(`${server.url}/trpc/operator/replay`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(INPUT),
    })
    expect(changed.status).toBe(403)
    const answer = await fetch(`${server.url}/trpc/operator/overview`, { headers })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('is no part of the product: not of its router, its document, or an agent’s tools', async () => {
    const document = await (await fetch(`${server.url}/openapi.json`)).text()
    expect(document).not.toContain('operator/')
    const { guest } = await signUpOperator()
    expect((await guest.read('operator.overview')).status).toBe(404)
  })
})

describe('an operator', () => {
  it('who is removed is refused at once, with the session it had and with a new one', async () => {
    const { guest, credentials } = await signUpOperator()
    expect((await guest.read('operator/me')).status).toBe(200)
    await changeOperatorOf(server, credentials.email, 'removed')
    expect((await guest.read('operator/me')).status).toBe(401)
    const again = await enter(server.url, 'sign-in/email', credentials)
    expect((await again.read('operator/me')).status).toBe(403)
  })

  it('who signed in more than eight hours ago is asked to sign in again', async () => {
    const { guest, credentials } = await signUpOperator()
    await query(
      `update auth_session s set "createdAt" = now() - interval '8 hours 1 minute'
       from auth_user u where u.id = s."userId" and u.email = '${credentials.email}'`,
    )
    const refused = await guest.read('operator/me')
    expect([refused.status, refused.text]).toEqual([
      401,
      expect.stringContaining('"refused":"sign_in_again"'),
    ])
    const again = await enter(server.url, 'sign-in/email', credentials)
    expect((await again.read('operator/me')).status).toBe(200)
  })

  it('whose address was never confirmed is refused', async () => {
    const { guest, credentials } = await signUpOperator()
    await query(`update auth_user set "emailVerified" = false where email = '${credentials.email}'`)
    expect((await guest.read('operator/me')).status).toBe(403)
  })

  it('changes nothing without a reason', async () => {
    const { guest } = await signUpOperator()
    for (const reason of [undefined, '', '  ', 'ab', 'x'.repeat(501)]) {
      for (const { path, type } of PROCEDURES) {
        if (type !== 'mutation') continue
        const refused = await guest.call(`operator/${path}`, { ...INPUT, reason })
        expect(refused.status, `${path} ${reason}`).toBe(400)
      }
    }
  })

  it('cannot be made by the server: its database roles may read who is one, and nothing else', async () => {
    const added = `insert into auth_operator_change (user_id, email, change, changed_by, reason)
      values ('me', 'me@example.com', 'added', 'me', 'because')`
    for (const role of ['tollgate_sign_in', 'tollgate_server', 'tollgate_metering']) {
      expect(await codeOf(role, added), role).toBe('42501')
    }
    await signUpOperator()
    const texts = [
      `update auth_operator_change set reason = 'another'`,
      'delete from auth_operator_change',
      'truncate auth_operator_change',
    ]
    for (const text of texts) {
      expect(await codeOf('tollgate_sign_in', text), text).toBe('42501')
      await expect(query(text), text).rejects.toMatchObject({
        constraint: 'auth_operator_change_append_only',
      })
    }
  })

  it('cannot be made to look otherwise: the server’s role may add to the record, and nothing else', async () => {
    const added = `insert into metering.operator_change (bucket, changed_at, operator, via, action, reason, customer_id)
      values (0, now(), 'ada', 'view', 'replay', 'because', 'customer')`
    expect(await codeOf('tollgate_metering', added)).toBeNull()
    for (const text of [
      `update metering.operator_change set reason = 'another'`,
      `update metering.operator_change set operator = 'grace'`,
      'delete from metering.operator_change',
      'truncate metering.operator_change',
    ]) {
      expect(await codeOf('tollgate_metering', text), text).toBe('42501')
    }
  })
})

async function signUpOperator() {
  const credentials = newCredentials()
  await enter(server.url, 'sign-up/email', credentials)
  return { credentials, guest: await makeOperator(server, credentials) }
}

async function statusesOf(guest: Guest): Promise<string[]> {
  const statuses: string[] = []
  for (const { path, type } of PROCEDURES) {
    const input = encodeURIComponent(JSON.stringify(INPUT))
    const { status } =
      type === 'mutation'
        ? await guest.call(`operator/${path}`, INPUT)
        : await guest.read(`operator/${path}?input=${input}`)
    statuses.push(`${path}: ${status}`)
  }
  return statuses
}

async function query(text: string): Promise<Record<string, unknown>[]> {
  const database = openDatabase({ url: server.config.databaseUrl ?? '' })
  try {
    return await database.query({ text })
  } finally {
    await database.close()
  }
}

/** Runs a statement as a role of the server; null if it is permitted, otherwise the error code. */
async function codeOf(role: string, text: string): Promise<unknown> {
  const database = openDatabase({ url: server.config.databaseUrl ?? '', maxConnections: 1 })
  try {
    await database.query({ text: `set role ${role}` })
    await database.query({ text })
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  } finally {
    await database.close()
  }
}
