import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { SPAN_NAMES, silentLogger } from '@tollgate/contract'
import { readConfig } from '@tollgate/server'
import { type RunningServer, startServer } from '@tollgate/server/start-server'
import { programDatabases } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { buildPrograms } from '@tollgate/testing/programs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { signInAsGuest } from '../seed/sign-in-as-guest.ts'
import { createSpanRecorder } from '../tracing/create-span-recorder.ts'
import { describeTrace } from '../tracing/describe-trace.ts'
import { traceOneCall } from '../tracing/trace-one-call.ts'
import { createMailOutbox } from './create-mail-outbox.ts'
import { createPanel } from './create-panel.ts'
import { exampleOf } from './list-procedures.ts'

describe('the dev panel', () => {
  const recorder = createSpanRecorder()
  const outbox = createMailOutbox()
  let directory: string
  let server: RunningServer
  let url: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tollgate-devtools-'))
    const [port, billingPort] = [await freePort(), await freePort()]
    url = `http://127.0.0.1:${port}`
    const { billing, args } = await buildPrograms()
    const config = readConfig({
      ...(await programDatabases()),
      NODE_ENV: 'development',
      DATA_DIR: directory,
      PORT: String(port),
      BILLING_PORT: String(billingPort),
      PUBLIC_URL: url,
      LOG_LEVEL: 'silent',
    })
    server = await startServer(config, silentLogger, {
      routes: createPanel({ url, links: [], recorder, outbox }),
      sendMail: outbox.send,
      spanProcessor: recorder.processor,
      billingProgram: { file: billing, args, cwd: dirname(billing) },
    })
  }, 120_000)
  afterAll(async () => {
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })

  it.each(['tools.qrCode', 'text.summarize'])(
    'records the twelve spans of %s, in the order of the guide',
    async (path) => {
      const token = await signInAsGuest(url)
      const spans = await traceOneCall({ url, path, token, recorder })
      expect(spans.map(({ span }) => span)).toEqual([...SPAN_NAMES])
      // The delivery is asynchronous and may precede the response.
      const relay = SPAN_NAMES.indexOf('relay')
      const [call, delivery] = [spans.slice(0, relay), spans.slice(relay)]
      for (const part of [call, [...call.slice(0, SPAN_NAMES.indexOf('answer')), ...delivery]]) {
        const starts = part.map(({ from }) => from)
        expect(starts).toEqual(starts.toSorted((one, other) => one - other))
      }
      expect(describeTrace(spans).split('\n')).toHaveLength(SPAN_NAMES.length)
    },
  )

  it('shows the e-mails that were not sent for want of an SMTP server, and no script in them runs', async () => {
    expect(await (await fetch(`${url}/dev/outbox`)).text()).toContain('No e-mail yet')
    const mail = {
      messageId: '<alrt_1@localhost>',
      to: 'ada@example.com',
      text: 'See <b>usage</b>',
    }
    await outbox.send({ ...mail, subject: 'You have used 80% of your images' })
    const page = await (await fetch(`${url}/dev/outbox`)).text()
    expect(page).toContain('You have used 80% of your images')
    expect(page).toContain('See &lt;b&gt;usage&lt;/b&gt;')
  })

  it('lists every procedure with its cost, its schema and an example', async () => {
    const { procedures } = listing.parse(await readJson(`${url}/dev/procedures`))
    const byPath = new Map(procedures.map((procedure) => [procedure.path, procedure]))
    expect(byPath.get('images.generate')).toMatchObject({
      cost: '1 × image_generations',
      schema: { properties: { title: { type: 'string', maxLength: 200 } } },
    })
    expect(byPath.get('text.summarize')?.cost).toBe('what it used × ai_tokens')
    expect(byPath.get('billing.balance')?.cost).toBe('a read')
    expect(byPath.get('billing.checkout')?.cost).toContain('free: ')
  })

  it('calls a procedure as a guest and shows where the time went', async () => {
    const body = { path: 'tools.qrCode', persona: 'guest', input: { text: 'https://example.com' } }
    const response = await post(body, { origin: url })
    const answer = called.parse(await response.json())
    expect(answer.status).toBe(200)
    expect(answer.charged).toEqual([{ meter: 'api_calls', amount: 1 }])
    expect(recorder.read(answer.traceId).spans.map(({ span }) => span)).toContain('settle')
  })

  it('shows what a stream used, which comes with its last chunk', async () => {
    const body = { path: 'text.summarize', persona: 'guest', input: exampleOf('text.summarize') }
    const answer = called.parse(await (await post(body, { origin: url })).json())
    expect(answer.charged).toEqual([{ meter: 'ai_tokens', amount: expect.any(Number) }])
  })

  it('explains a refusal in the words of the guide, and shows how far the call came', async () => {
    const body = { path: 'images.generate', persona: 'guest', input: { prompt: 'fox', hd: true } }
    const answer = called.parse(await (await post(body, { origin: url })).json())
    expect(answer).toMatchObject({
      status: 403,
      charged: [],
      explained: {
        docs: 'errors#not-in-plan',
        text: expect.stringContaining("The customer's plan does not include feature."),
      },
    })
    const seen = await readJson(`${url}/dev/traces/${answer.traceId}`)
    expect(seen).toMatchObject({
      delivered: false,
      spans: expect.arrayContaining([expect.objectContaining({ number: 6, span: 'price' })]),
    })
  })

  it('shows a page of its own that may load nothing from elsewhere', async () => {
    const response = await fetch(`${url}/dev`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(await response.text()).toContain('Dev panel')
  })

  it('answers no other page', async () => {
    const body = { path: 'tools.qrCode', persona: 'guest', input: { text: 'x' } }
    const foreign = await post(body, { origin: 'https://evil.example' })
    const unknown = await post(body, {})
    expect([foreign.status, unknown.status]).toEqual([403, 403])
  })

  function post(body: object, headers: Record<string, string>): Promise<Response> {
    return fetch(`${url}/dev/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }
})

async function readJson(url: string): Promise<unknown> {
  return (await fetch(url)).json()
}

const listing = z.object({
  procedures: z.array(z.object({ path: z.string(), cost: z.string(), schema: z.unknown() })),
})
const called = z.object({
  traceId: z.string(),
  status: z.number(),
  charged: z.array(z.unknown()),
  explained: z.unknown(),
})
