import { randomUUID } from 'node:crypto'
import { context, propagation, trace } from '@opentelemetry/api'
import { SPAN_ATTRIBUTES, SPAN_NAMES } from '@tollgate/contract'
import { openDatabase } from '@tollgate/database'
import { inSpan } from '@tollgate/metering'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { signInAsGuest } from '../fixtures/guest.ts'
import { type ReceivedSpan, startOtlpReceiver } from '../fixtures/start-otlp-receiver.ts'
import { startModel } from '../fixtures/start-model.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'

const METRICS_TOKEN = 'the-token-of-the-scraper'
/** An export interval that no test reaches: only a stopping server exports. */
const NEVER_MS = '600000'

type Call = { traceId: string; status: number; operationId: string | null }

describe('a receiver of OTLP gets', () => {
  let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
  let plain: Call
  let streamed: Call
  let refused: Call
  let sentBeforeStop: number
  let costs: object[]

  beforeAll(async () => {
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', NEVER_MS)
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=staging')
    receiver = await startOtlpReceiver()
    const model = await startModel()
    const server = await startTestServer({
      METRICS_TOKEN,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRIC_EXPORT_INTERVAL: NEVER_MS,
      TRUST_TRACEPARENT: 'true',
      OPENAI_API_KEY: 'sk',
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'gpt-test',
    })
    const { token } = await signInAsGuest(server.url)
    const call = (path: string, input: object) => makeCall({ url: server.url, token, path, input })
    plain = await call('tools.qrCode', { text: 'https://example.test' })
    await untilDelivered(server.url)
    streamed = await call('text.summarize', { text: 'One. Two. Three.', sentences: 1 })
    await untilDelivered(server.url)
    refused = await call('images.generate', { prompt: 'a fox', hd: true })
    sentBeforeStop = receiver.requests()
    costs = await readCosts(server.config.databaseUrl)
    await server.close()
    await model.close()
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllEnvs()
    await receiver.close()
  })

  const spansOf = ({ traceId }: Call) => receiver.spans.filter((span) => span.traceId === traceId)
  const named = (spans: ReceivedSpan[], name: string) => {
    const found = spans.filter((span) => span.name === name)
    expect(found, name).toHaveLength(1)
    return found[0]
  }
  const parentsOf = (spans: ReceivedSpan[]) =>
    Object.fromEntries(
      spans.map(({ name, parentSpanId }) => [
        name,
        spans.find(({ spanId }) => spanId === parentSpanId)?.name ?? null,
      ]),
    )

  it('one trace with the twelve spans of a billed call, each under the one that caused it', () => {
    expect(plain.status).toBe(200)
    const spans = spansOf(plain)
    expect(new Set(spans.map(({ name }) => name))).toEqual(new Set(['call', ...SPAN_NAMES]))
    expect(parentsOf(spans)).toEqual({
      call: null,
      intent: 'call',
      links: 'call',
      http: 'links',
      session: 'http',
      context: 'http',
      price: 'http',
      hold: 'http',
      work: 'http',
      settle: 'http',
      answer: 'http',
      relay: 'settle',
      backend: 'relay',
    })
  })

  it('what the call was, what it cost and how it ended', () => {
    const spans = spansOf(plain)
    const { procedure, operationId, operationIds, meters, credits, outcome } = SPAN_ATTRIBUTES
    const cost = { [meters]: ['api_calls'], [credits]: [1] }
    const operation = { [operationId]: plain.operationId, [procedure]: 'tools.qrCode' }
    expect(named(spans, 'price')?.attributes).toEqual({ [procedure]: 'tools.qrCode', ...cost })
    expect(named(spans, 'hold')?.attributes).toEqual({ ...operation, ...cost, [outcome]: 'placed' })
    expect(named(spans, 'work')?.attributes).toEqual(operation)
    expect(named(spans, 'settle')?.attributes).toEqual({
      ...operation,
      ...cost,
      [outcome]: 'settled',
    })
    expect(named(spans, 'relay')?.attributes).toEqual({ [operationIds]: [plain.operationId] })
    expect(named(spans, 'backend')?.attributes).toEqual({ [outcome]: 'recorded' })
    expect(named(spans, 'http')).toMatchObject({
      kind: 2,
      attributes: {
        'http.request.method': 'POST',
        'url.path': '/trpc/tools.qrCode',
        'http.response.status_code': 200,
      },
      resource: { 'service.name': 'tollgate', 'deployment.environment.name': 'staging' },
    })
  })

  it('the call of a model inside the work of a stream, with its tokens and without its text', () => {
    expect(streamed.status).toBe(200)
    const spans = spansOf(streamed)
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining([...SPAN_NAMES]))
    expect(parentsOf(spans)).toMatchObject({
      'chat gpt-test': 'work',
      work: 'http',
      settle: 'http',
      answer: 'http',
      relay: 'settle',
    })
    const chat = named(spans, 'chat gpt-test')
    expect(chat?.kind).toBe(3)
    expect(chat?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-test',
      'gen_ai.response.model': 'gpt-test',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 2,
    })
    expect(JSON.stringify(receiver.spans)).not.toContain('Two words')
    const said = (name: string) => chat?.attributes[`gen_ai.${name}`]
    expect(costs).toEqual([
      {
        provider: said('provider.name'),
        model: said('response.model'),
        input_tokens: said('usage.input_tokens'),
        output_tokens: said('usage.output_tokens'),
      },
    ])
  })

  it('a refusal by its code, where it was refused', () => {
    expect(refused.status).toBe(403)
    const spans = spansOf(refused)
    expect(spans.map(({ name }) => name)).not.toContain('work')
    expect(named(spans, 'hold')).toMatchObject({
      isError: true,
      attributes: {
        'error.type': 'not_in_plan',
        [SPAN_ATTRIBUTES.outcome]: 'not_in_plan',
        [SPAN_ATTRIBUTES.procedure]: 'images.generate',
      },
    })
  })

  it('what had not been sent yet, when the server stops', () => {
    expect(sentBeforeStop).toBe(0)
    expect(receiver.requests()).toBeGreaterThan(0)
  })

  it('the metrics of the process, under the names of /metrics', () => {
    const settled = receiver.points.find(
      ({ name, attributes }) =>
        name === 'tollgate_operations_total' &&
        attributes['procedure'] === 'tools.qrCode' &&
        attributes['outcome'] === 'settled',
    )
    expect(settled).toMatchObject({ type: 'sum', value: 1 })
    expect(receiver.points.filter(({ name }) => name.startsWith('tollgate_build_info'))).toEqual([
      expect.objectContaining({ type: 'gauge', value: 1 }),
    ])
  })
})

/** A call as a traced client makes it. */
async function makeCall(options: {
  url: string
  token: string
  path: string
  input: object
}): Promise<Call> {
  const { url, token, path, input } = options
  const isStream = path.startsWith('text.')
  return trace.getTracer('client').startActiveSpan('call', async (span) => {
    const key = await inSpan('intent', () => `op_${randomUUID()}`)
    const answer = await inSpan('links', async () => {
      const headers: Record<string, string> = {}
      propagation.inject(context.active(), headers)
      const response = await fetch(`${url}/trpc/${path}${isStream ? '?batch=1' : ''}`, {
        method: 'POST',
        headers: {
          ...headers,
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(isStream ? { 'trpc-accept': 'application/jsonl' } : {}),
        },
        body: JSON.stringify(isStream ? { 0: input } : input),
      })
      await response.text()
      return { status: response.status, operationId: response.headers.get('x-operation-id') }
    })
    span.end()
    const { traceId } = span.spanContext()
    return { traceId, ...answer }
  })
}

/** The stored provider calls. */
async function readCosts(url = ''): Promise<object[]> {
  const database = openDatabase({ url, maxConnections: 1 })
  try {
    return await database.query({
      text: 'select provider, model, input_tokens, output_tokens from metering.provider_cost',
    })
  } finally {
    await database.close()
  }
}

async function untilDelivered(url: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const response = await fetch(`${url}/metrics`, {
        headers: { authorization: `Bearer ${METRICS_TOKEN}` },
      })
      expect(await response.text()).toContain('tollgate_outbox_usage_events{state="pending"} 0')
    },
    { timeout: 15_000, interval: 50 },
  )
}
