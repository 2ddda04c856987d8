import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { programDatabases } from '@tollgate/testing/database'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { createRateLimit } from '../src/create-rate-limit.ts'
import { type Guest, signInAsGuest } from '../fixtures/guest.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

type Fetch = typeof fetch

/** The official client, signed in as a guest. */
async function connect(url: string, { token }: Guest, send: Fetch = fetch) {
  const client = new Client({ name: 'a test', version: '1.0.0' })
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
    fetch: send,
  })
  await client.connect(transport)
  return { client, sessionId: transport.sessionId ?? '' }
}

const balances = z.object({
  result: z.object({
    data: z.object({ balances: z.array(z.looseObject({ meter: z.string(), used: z.number() })) }),
  }),
})

async function used(guest: Guest, meter: string): Promise<number | undefined> {
  const { body } = await guest.read('billing.balance')
  return balances.parse(body).result.data.balances.find((one) => one.meter === meter)?.used
}

const code = { name: 'tools_qrCode', arguments: { text: 'https://example.com' } }

describe('the MCP server', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.close())

  it('lists what is offered to agents, with prices and inputs', async () => {
    const guest = await signInAsGuest(server.url)
    const { client } = await connect(server.url, guest)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'images_generate',
      'text_summarize',
      'tools_qrCode',
    ])
    const byName = new Map(tools.map((tool) => [tool.name, tool]))
    expect(byName.get('images_generate')?.description).toContain('Costs 1 image generation.')
    expect(byName.get('text_summarize')?.description).toContain('by use.')
    expect(byName.get('text_summarize')?.inputSchema).toMatchObject({
      type: 'object',
      properties: { text: { type: 'string' }, sentences: { maximum: 10 } },
      required: ['text'],
    })
  })

  it('calls a tool, charges it once and returns its result', async () => {
    const guest = await signInAsGuest(server.url)
    const { client } = await connect(server.url, guest)
    const answer = await client.callTool(code)
    expect(answer.isError).toBeFalsy()
    expect(answer.structuredContent).toMatchObject({
      result: { text: 'https://example.com', svg: expect.stringContaining('<svg') },
      charges: [{ meter: 'api_calls', amount: 1 }],
      replayed: false,
      operationId: expect.any(String),
    })
    expect(await used(guest, 'api_calls')).toBe(1)
  })

  it('returns the text of a stream as a whole', async () => {
    const { client } = await connect(server.url, await signInAsGuest(server.url))
    const answer = await client.callTool({
      name: 'text_summarize',
      arguments: { text: 'A toll is paid once. The gate opens.', sentences: 1 },
    })
    expect(answer.structuredContent).toMatchObject({
      result: expect.arrayContaining([expect.objectContaining({ type: 'delta' })]),
    })
  })

  it('answers a request that is sent again after a cut connection with the same result, charged once', async () => {
    const guest = await signInAsGuest(server.url)
    const statuses: string[] = []
    const { client } = await connect(server.url, guest, retrying(2, statuses))
    const first = await client.callTool(code)
    expect(first.structuredContent).toMatchObject({
      replayed: true,
      result: { text: code.arguments.text },
    })
    expect(statuses).toEqual(['cut', 'cut', '200'])
    expect(await used(guest, 'api_calls')).toBe(1)
  })

  it('charges two calls of the same tool twice, and one key once', async () => {
    const guest = await signInAsGuest(server.url)
    const { client } = await connect(server.url, guest)
    await client.callTool(code)
    await client.callTool(code)
    expect(await used(guest, 'api_calls')).toBe(2)
    const keyed = { ...code, _meta: { 'tollgate/operation-key': `op_${randomUUID()}` } }
    await client.callTool(keyed)
    const { client: another } = await connect(server.url, guest)
    expect((await another.callTool(keyed)).structuredContent).toMatchObject({ replayed: true })
    expect(await used(guest, 'api_calls')).toBe(3)
  })

  it('refuses without credits, in a form that an agent can act on', async () => {
    const guest = await signInAsGuest(server.url)
    const { client } = await connect(server.url, guest)
    const draw = (title: string) =>
      client.callTool({ name: 'images_generate', arguments: { title } })
    for (let card = 0; card < 10; card += 1) await draw(`card ${card}`)
    const refused = await draw('one too many')
    expect(refused).toMatchObject({
      isError: true,
      structuredContent: {
        kind: 'insufficient_credits',
        message: expect.any(String),
        availableBalance: 0,
        required: 1,
        upgradeUrl: `${server.url}/plans`,
        actions: expect.arrayContaining([expect.objectContaining({ type: 'checkout' })]),
      },
    })
    expect(await used(guest, 'image_generations')).toBe(10)
  })

  it('says what is wrong with an input, and charges nothing', async () => {
    const guest = await signInAsGuest(server.url)
    const { client } = await connect(server.url, guest)
    const refused = await client.callTool({ name: 'tools_qrCode', arguments: { text: '' } })
    expect(refused).toMatchObject({ isError: true, structuredContent: { kind: 'bad_request' } })
    await expect(client.callTool({ name: 'billing_checkout', arguments: {} })).rejects.toThrow(
      'There is no tool "billing_checkout".',
    )
    expect(await used(guest, 'api_calls')).toBe(0)
  })

  it.each([
    { name: 'nothing', headers: {} },
    { name: 'a forged token', headers: { authorization: 'Bearer forged' } },
  ])('refuses a caller that sends $name', async ({ headers }) => {
    const answer = await post(initialize, headers)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('does not take a cookie for a key, so that no page can call tools', async () => {
    const guest = await signInAsGuest(server.url)
    const cookie = `better-auth.session_token=${guest.token}`
    expect((await post(initialize, { cookie })).status).toBe(401)
  })

  it("refuses another user's session, a forged one and none", async () => {
    const [owner, thief] = [await signInAsGuest(server.url), await signInAsGuest(server.url)]
    const { sessionId } = await connect(server.url, owner)
    const authorization = `Bearer ${thief.token}`
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: code }
    const statuses: number[] = []
    for (const session of [sessionId, `${sessionId}x`, 'forged', '']) {
      const headers =
        session === '' ? { authorization } : { authorization, 'mcp-session-id': session }
      statuses.push((await post(call, headers)).status)
    }
    expect(statuses).toEqual([404, 404, 404, 400])
    expect(await used(thief, 'api_calls')).toBe(0)
    expect(await used(owner, 'api_calls')).toBe(0)
  })

  it('takes one message at a time, of bounded size, by POST', async () => {
    const { token } = await signInAsGuest(server.url)
    const authorization = `Bearer ${token}`
    expect((await post([initialize], { authorization })).status).toBe(400)
    const large = { ...initialize, padding: 'x'.repeat(1_100_000) }
    expect((await post(large, { authorization, connection: 'close' })).status).toBe(413)
    const read = await fetch(`${server.url}/mcp`, { headers: { authorization } })
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('refuses a caller who asks too often with 429 and when to come back, and no other', async () => {
    const rateLimit = createRateLimit({ billedCallsPerMinute: 10, readsPerMinute: 3 })
    const limited = await startTestServer({}, { rateLimit })
    onTestFinished(() => limited.close())
    const guest = await signInAsGuest(limited.url)
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' }
    const ask = () => post(ping, { authorization: `Bearer ${guest.token}` }, limited.url)
    const answers = [await ask(), await ask(), await ask(), await ask()]
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 429])
    const refused = answers.at(-1)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused?.json()).toMatchObject({ error: 'rate_limited' })
    const other = { authorization: `Bearer ${(await signInAsGuest(limited.url)).token}` }
    expect((await post(initialize, other, limited.url)).status).toBe(200)
  })

  const initialize = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'a test', version: '1.0.0' },
    },
  }

  function post(
    message: unknown,
    headers: Record<string, string>,
    url = server.url,
  ): Promise<Response> {
    return fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: JSON.stringify(message),
    })
  }
})

describe('an MCP client whose server is killed', { timeout: 240_000 }, () => {
  let directory: string
  let tollgate: RunningTollgate
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tollgate-mcp-'))
    tollgate = await startTollgate({
      dataDirectory: directory,
      environment: await programDatabases(),
    })
  }, 240_000)
  afterAll(async () => {
    await tollgate?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it('gets the same result from the restarted server for the request that it sends again, charged once', async () => {
    const guest = await signInAsGuest(tollgate.url)
    const answers: string[] = []
    const killed: Fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (!isToolCall(init)) return response
      // The server computes the response and dies before the client receives it.
      answers.push(await response.text())
      await tollgate.kill()
      await tollgate.restart()
      const again = await fetch(input, init)
      answers.push(await again.clone().text())
      return again
    }
    const { client } = await connect(tollgate.url, guest, killed)
    const answer = await client.callTool(code)
    expect(answer.structuredContent).toMatchObject({ replayed: true })
    const [lost = '', replayed] = answers
    expect(replayed).toBe(lost.replace('"replayed":false', '"replayed":true'))
    expect(await used(guest, 'api_calls')).toBe(1)
  })

  it('is charged once when the server is killed in the middle of the call', async () => {
    const guest = await signInAsGuest(tollgate.url)
    const striking: Fetch = async (input, init) => {
      if (!isToolCall(init)) return fetch(input, init)
      const lost = fetch(input, init).catch(() => null)
      await tollgate.kill()
      await lost
      await tollgate.restart()
      return fetch(input, init)
    }
    const { client } = await connect(tollgate.url, guest, striking)
    const sentence = 'The road is long and the gate is narrow.'
    const answer = await client.callTool(
      { name: 'text_summarize', arguments: { text: sentence.repeat(40), sentences: 10 } },
      undefined,
      { timeout: 120_000 },
    )
    expect(answer.isError).toBeFalsy()
    const { charges } = z
      .object({ charges: z.array(z.object({ amount: z.number() })) })
      .parse(answer.structuredContent)
    expect(await used(guest, 'ai_tokens')).toBe(charges[0]?.amount)
  })
})

/** A network that loses the first responses to tool calls, and a client that retries the same request. */
function retrying(losses: number, statuses: string[]): Fetch {
  let left = losses
  return async function send(input, init) {
    const response = await fetch(input, init)
    if (!isToolCall(init)) return response
    if (left > 0) {
      left -= 1
      statuses.push('cut')
      await response.body?.cancel()
      return send(input, init)
    }
    statuses.push(String(response.status))
    return response
  }
}

function isToolCall(init: RequestInit | undefined): boolean {
  return typeof init?.body === 'string' && init.body.includes('"tools/call"')
}
