import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { AppRouter } from '@tollgate/api'
import { startRun as startClientRun } from '@tollgate/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../fixtures/api-key-of.ts'
import { type Guest, guestWith } from '../fixtures/guest.ts'
import { enter, newCredentials } from '../fixtures/sign-in-account.ts'
import { startRun } from '../fixtures/start-run.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const QR_CODE = { text: 'https://example.com' }

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

const draw = (by: Guest) => by.call('tools.qrCode', QR_CODE)
const leftOf = async (by: Guest) => (await by.read('runs.left')).text

describe('a run', () => {
  it('spends what it was given and not one credit more, in every process', async () => {
    const key = await createApiKey(first.url, owner)
    const run = await startRun(first.url, key, { limits: { api_calls: 2 } })
    expect((await draw(run)).status).toBe(200)
    expect((await draw(guestWith(second.url, run.token))).status).toBe(200)
    const refused = await draw(guestWith(second.url, run.token))
    expect(refused.status).toBe(402)
    expect(refused.body).toMatchObject({
      error: {
        data: { billing: { kind: 'limit', subject: { kind: 'run', id: run.id }, left: 0 } },
      },
    })
    expect(await leftOf(run)).toContain('{"meter":"api_calls","amount":2,"spent":2,"left":0}')
    expect((await draw(key)).status).toBe(200)
  })

  it('of a run spends what is left of both, and what is left of it says so', async () => {
    const key = await createApiKey(first.url, owner)
    const parent = await startRun(first.url, key, { limits: { api_calls: 2 } })
    const child = await startRun(first.url, parent, { limits: { api_calls: 2 } })
    expect((await draw(parent)).status).toBe(200)
    expect(await leftOf(child)).toContain('"spent":0,"left":1}')
    expect((await draw(child)).status).toBe(200)
    const refused = await draw(child)
    expect(refused.body).toMatchObject({
      error: { data: { billing: { kind: 'limit', subject: { kind: 'run', id: parent.id } } } },
    })
    const input = encodeURIComponent(JSON.stringify({ id: child.id }))
    expect((await key.read(`runs.left?input=${input}`)).text).toContain('"spent":1,"left":0}')
  })

  it('is refused outside of its procedures and meters before anything is held', async () => {
    const key = await createApiKey(first.url, owner)
    const run = await startRun(first.url, key, {
      limits: { api_calls: 2, ai_tokens: 100 },
      procedures: ['tools.qrCode'],
    })
    const refused = await run.call('text.summarize', { text: 'A toll.', sentences: 1 })
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('The scope of this run does not include text.summarize'),
    ])
    const other = await run.call('images.generate', { title: 'A lighthouse' })
    expect(other.status).toBe(403)
    const stream = await fetch(`${first.url}/trpc/billing.onBalance`, {
      headers: { authorization: `Bearer ${run.token}` },
    })
    expect(await stream.text()).toContain('billing.onBalance is not for runs')
    expect((await run.read('billing.balance')).status).toBe(200)
    expect(await leftOf(run)).not.toMatch(/"spent":[1-9]/)
  })

  it('that is ended is refused by every process at once, and with it every run below it', async () => {
    const key = await createApiKey(first.url, owner)
    const parent = await startRun(first.url, key, { limits: { api_calls: 10 } })
    const child = await startRun(second.url, parent, { limits: { api_calls: 5 } })
    const sibling = await startRun(first.url, key, { limits: { api_calls: 5 } })
    const tree = [parent, child].flatMap(({ token }) => [
      guestWith(first.url, token),
      guestWith(second.url, token),
    ])
    for (const one of tree) expect((await draw(one)).status).toBe(200)
    expect((await key.call('runs.end', { id: parent.id })).text).toContain('"ended":true')
    for (const one of tree) {
      const refused = await draw(one)
      expect([refused.status, refused.text]).toEqual([
        401,
        expect.stringContaining('This run has ended'),
      ])
      expect((await one.read('billing.balance')).status).toBe(401)
      expect((await one.call('runs.create', { limits: { api_calls: 1 } })).status).toBe(401)
    }
    expect((await draw(sibling)).status).toBe(200)
  })

  it('ends at once in every process when its key is revoked', async () => {
    const key = await createApiKey(first.url, owner)
    const parent = await startRun(first.url, key, { limits: { api_calls: 10 } })
    const child = await startRun(first.url, parent, { limits: { api_calls: 5 } })
    const tree = [parent, child].flatMap(({ token }) => [
      guestWith(first.url, token),
      guestWith(second.url, token),
    ])
    for (const one of tree) expect((await draw(one)).status).toBe(200)
    await owner.call('apiKeys.revoke', { id: key.id })
    for (const one of tree) expect((await draw(one)).status).toBe(401)
  })

  it('is ended by itself or from above, and by no other', async () => {
    const key = await createApiKey(first.url, owner)
    const [run, sibling] = [
      await startRun(first.url, key, { limits: { api_calls: 2 } }),
      await startRun(first.url, key, { limits: { api_calls: 2 } }),
    ]
    const child = await startRun(first.url, run, { limits: { api_calls: 1 } })
    const end = async (by: Guest, { id }: { id: string }) =>
      (await by.call('runs.end', { id })).text
    for (const by of [sibling, child]) expect(await end(by, run)).toContain('"ended":false')
    expect((await draw(run)).status).toBe(200)
    expect(await end(run, run)).toContain('"ended":true')
    expect((await draw(run)).status).toBe(401)
  })

  it('is started with a key and nothing else', async () => {
    const refused = await owner.call('runs.create', { limits: { api_calls: 1 } })
    expect([refused.status, refused.text]).toEqual([412, expect.stringContaining('an API key')])
    const key = await createApiKey(first.url, owner)
    for (const limits of [{}, { gold: 1 }, { api_calls: 0 }, { api_calls: 1.5 }]) {
      expect((await key.call('runs.create', { limits })).status).toBe(400)
    }
  })
})

describe('the typed client', () => {
  it('starts a run, calls within it, and ends it', async () => {
    const { token: apiKey } = await createApiKey(first.url, owner)
    const options = { url: `${first.url}/trpc`, streams: { 'text.summarize': true } } as const
    const run = await startClientRun<AppRouter>(
      { ...options, apiKey },
      { limits: { api_calls: 2 }, procedures: ['tools.qrCode'], expiresInSeconds: 60 },
    )
    expect(await run.tollgate.client.tools.qrCode.mutate(QR_CODE)).toMatchObject(QR_CODE)
    const below = await startClientRun<AppRouter>(
      { ...options, apiKey: run.token },
      { limits: { api_calls: 1 } },
    )
    expect(Date.parse(below.expiresAt)).toBe(Date.parse(run.expiresAt))
    await below.tollgate.client.tools.qrCode.mutate(QR_CODE)
    expect(await below.tollgate.client.runs.left.query()).toEqual({
      limits: [{ meter: 'api_calls', amount: 1, spent: 1, left: 0 }],
    })
    await run.end()
    expect((await draw(guestWith(first.url, run.token))).status).toBe(401)
  })
})

describe('an agent with a run token', () => {
  it('calls tools by MCP within its budget, and is refused there in words it can act on', async () => {
    const key = await createApiKey(first.url, owner)
    const run = await startRun(first.url, key, { limits: { api_calls: 1 } })
    const client = new Client({ name: 'an agent', version: '1.0.0' })
    await client.connect(
      new StreamableHTTPClientTransport(new URL('/mcp', first.url), {
        requestInit: { headers: { authorization: `Bearer ${run.token}` } },
      }),
    )
    const call = () => client.callTool({ name: 'tools_qrCode', arguments: QR_CODE })
    expect((await call()).isError).toBeFalsy()
    expect(await call()).toMatchObject({
      isError: true,
      structuredContent: { kind: 'limit', subject: { kind: 'run', id: run.id } },
    })
    await key.call('runs.end', { id: run.id })
    await expect(call()).rejects.toThrow('This run has ended')
  })
})
