import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey, type KeyedProgram } from '../../fixtures/api-key-of.ts'
import type { Guest } from '../../fixtures/guest.ts'
import { enter, newCredentials, postAuth } from '../../fixtures/sign-in-account.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { ownerInputOf, type Victim } from './owner-inputs.ts'
import { type Procedure, readProcedures } from './procedures.ts'

/** Procedures that are not sold but may be called with a key; all are queries. */
const OPEN_TO_KEYS = [
  'billing.balance',
  'billing.catalog',
  'billing.onBalance',
  'billing.operation',
  'billing.quote',
  'billing.receipt',
  'runs.create',
  'runs.end',
  'runs.left',
  'text.model',
]
const NOT_SOLD = readProcedures().filter(({ example }) => example === undefined)

let server: Awaited<ReturnType<typeof startTestServer>>
let owner: Guest
let program: KeyedProgram
let victim: Victim
beforeAll(async () => {
  // Each guess uses its own address, unless a test needs otherwise.
  server = await startTestServer({ TRUSTED_PROXIES: '1' })
  owner = await enter(server.url, 'sign-up/email', newCredentials())
  program = await createApiKey(server.url, owner)
  const other = await enter(server.url, 'sign-up/email', newCredentials())
  const key = `op_${crypto.randomUUID()}`
  const paid = await other.call('tools.qrCode', { text: 'of the victim' }, key)
  victim = {
    customerId: 'unknown',
    alertId: 'unknown',
    subscriptionId: 'unknown',
    key,
    operationId: paid.headers.get('x-operation-id') ?? '',
    cursor: '',
  }
})
afterAll(() => server?.close())

describe('an API key', () => {
  it.each(NOT_SOLD)('may call $path only if it reads what a program needs', async (procedure) => {
    const status = await statusOf(procedure)
    expect(status === 403, String(status)).toBe(!OPEN_TO_KEYS.includes(procedure.path))
  })

  it('learns nothing of another customer’s operation', async () => {
    const byKey = encodeURIComponent(JSON.stringify({ key: victim.key }))
    const byId = encodeURIComponent(JSON.stringify({ operationId: victim.operationId }))
    for (const path of [`operation?input=${byKey}`, `receipt?input=${byId}`]) {
      expect((await program.read(`billing.${path}`)).text).toContain('"data":null')
    }
    const authorization = `Bearer ${program.token}`
    const path = `/api/results/${victim.operationId}`
    expect((await fetch(`${server.url}${path}`, { headers: { authorization } })).status).toBe(404)
    const own = await program.call('tools.qrCode', { text: 'own' }, victim.key)
    expect([own.status, own.headers.get('idempotency-replayed')]).toEqual([200, null])
  })

  it('of another customer cannot be revoked', async () => {
    const stranger = await enter(server.url, 'sign-up/email', newCredentials())
    const answer = await stranger.call('apiKeys.revoke', { id: program.id })
    expect(answer.text).toContain('"revoked":false')
    expect((await program.read('billing.balance')).status).toBe(200)
  })

  it('is taken from no address, cookie or other header', async () => {
    const { token } = program
    const url = `${server.url}/trpc/billing.balance`
    for (const name of ['api_key', 'apiKey', 'access_token', 'token', 'key', 'authorization']) {
      const answer = await fetch(`${url}?${name}=${token}`)
      expect(answer.status, name).toBe(401)
    }
    for (const headers of [
      { cookie: `better-auth.session_token=${token}` },
      { 'x-api-key': token },
      { authorization: `Basic ${btoa(`${token}:`)}` },
    ]) {
      expect((await fetch(url, { headers })).status, JSON.stringify(headers)).toBe(401)
    }
  })

  it('is no session: sign-in knows no one by it, and changes nothing', async () => {
    const authorization = `Bearer ${program.token}`
    const session = await fetch(`${server.url}/api/auth/get-session`, {
      headers: { authorization },
    })
    expect(await session.text()).toBe('null')
    const change = { currentPassword: 'a guess', newPassword: 'another password' }
    expect((await postAuth(server.url, 'change-password', change, program)).status).toBe(401)
    expect((await postAuth(server.url, 'revoke-other-sessions', {}, program)).status).toBe(401)
  })

  it('that is wrong is not made right by a session beside it', async () => {
    const signedIn = await postAuth(server.url, 'sign-in/anonymous', {})
    const [cookie = ''] = signedIn.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
    const headers = { cookie, authorization: 'Bearer tollgate_sk_wrong' }
    for (const path of ['/trpc/billing.balance', `/api/results/${victim.operationId}`]) {
      expect((await fetch(`${server.url}${path}`, { headers })).status, path).toBe(401)
    }
  })

  it('cannot be guessed for long: an address is refused with 429 by every server, the others are not', async () => {
    const guess = async (attempt: number, address: string, url = server.url) => {
      const authorization = `Bearer tollgate_sk_guess${attempt}`
      const headers = { authorization, 'x-forwarded-for': address }
      return fetch(`${url}/trpc/billing.balance`, { headers })
    }
    const answers = []
    for (let attempt = 0; attempt < 40; attempt++) answers.push(await guess(attempt, '203.0.113.9'))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await guess(0, '203.0.113.10')).status).toBe(401)
    const { databaseUrl, dataDirectory } = server.config
    const other = await startTestServer({
      TRUSTED_PROXIES: '1',
      DATABASE_URL: databaseUrl ?? '',
      DATA_DIR: dataDirectory,
    })
    expect((await guess(0, '203.0.113.9', other.url)).status).toBe(429)
    await other.close()
    expect((await program.read('billing.balance')).status).toBe(200)
  })

  it('is guessed at the door of agents, too, at the cost of the address that guesses alone', async () => {
    const send = (token: string, address: string, path = '/mcp') =>
      fetch(`${server.url}${path}`, {
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address },
      })
    const guesses = []
    for (let attempt = 0; attempt < 31; attempt++)
      guesses.push((await send(`tollgate_sk_guess${attempt}`, '203.0.113.20')).status)
    expect(guesses.at(-1)).toBe(429)
    const elsewhere = await send('tollgate_sk_guess', '203.0.113.20', '/trpc/billing.balance')
    expect(elsewhere.status).toBe(429)
    // A key that no process has cached is looked up, as any agent's is after a while.
    const { token } = await createApiKey(server.url, owner)
    expect((await send(token, '203.0.113.21')).status).toBe(405)
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: CODE }
    const answer = await callTool(token, '203.0.113.21', call)
    expect(answer).toContain('"replayed":false')
  })
})

const CODE = { name: 'tools_qrCode', arguments: { text: 'of an agent' } }

/** A tool call by an agent that has just opened its session. */
async function callTool(token: string, address: string, call: object): Promise<string> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'x-forwarded-for': address,
  }
  const post = (message: object, session: Record<string, string> = {}) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { ...headers, ...session },
      body: JSON.stringify(message),
    })
  const clientInfo = { name: 'a test', version: '1.0.0' }
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
  const begun = await post({ jsonrpc: '2.0', id: 0, method: 'initialize', params })
  const session = begun.headers.get('mcp-session-id') ?? ''
  return (await post(call, { 'mcp-session-id': session })).text()
}

/** How a procedure that is not sold answers the program, with input its owner would send. */
async function statusOf(procedure: Procedure): Promise<number> {
  const { path, type } = procedure
  const input = ownerInputOf(procedure, victim) ?? {}
  if (type === 'mutation') return (await program.call(path, input)).status
  const leaving = new AbortController()
  const query = encodeURIComponent(JSON.stringify(input))
  const answer = await fetch(`${server.url}/trpc/${path}?input=${query}`, {
    headers: { authorization: `Bearer ${program.token}` },
    signal: leaving.signal,
  })
  const { status } = answer
  const opening = type === 'subscription' ? await firstChunk(answer) : ''
  leaving.abort()
  return opening.includes('FORBIDDEN') ? 403 : status
}

async function firstChunk(answer: Response): Promise<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/"remaining"|FORBIDDEN/u.test(text)) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    text += chunk.value
  }
  return text
}
