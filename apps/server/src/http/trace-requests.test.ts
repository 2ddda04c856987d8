import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'
import { startSpan } from '@tollgate/metering'
import { silentLogger, SPAN_ATTRIBUTES } from '@tollgate/contract'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../create-logger.ts'
import { startTelemetry } from '../telemetry/start-telemetry.ts'
import { traceRequests } from './trace-requests.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'
const done = async () => {}

const ended: ReadableSpan[] = []
let stop: () => Promise<void>
beforeAll(async () => {
  stop = await startTelemetry({
    config: { telemetry: undefined },
    registry: new Registry(),
    spanProcessor: {
      onStart() {},
      onEnd: (span) => void ended.push(span),
      forceFlush: done,
      shutdown: done,
    },
    logger: silentLogger,
  })
})
beforeEach(() => void ended.splice(0))
afterAll(() => stop())

async function request(path: string, trustCallers: boolean): Promise<ReadableSpan | undefined> {
  const handle = traceRequests(() => new Response('ok'), { trustCallers })
  const headers = { traceparent: `00-${TRACE}-${SPAN}-01` }
  await Reflect.apply(handle, null, [new Request(`http://studio.test${path}`, { headers }), {}])
  return ended[0]
}

describe('a request with traceparent', () => {
  it('continues the trace of a caller who is trusted', async () => {
    const span = await request('/trpc/tools.qrCode', true)
    expect(span?.spanContext().traceId).toBe(TRACE)
    expect(span?.parentSpanContext?.spanId).toBe(SPAN)
  })

  it("starts a trace of its own for a stranger, linked to the stranger's", async () => {
    const span = await request('/trpc/tools.qrCode', false)
    expect(span?.spanContext().traceId).not.toBe(TRACE)
    expect(span?.parentSpanContext).toBeUndefined()
    expect(span?.links.map(({ context }) => context.traceId)).toEqual([TRACE])
  })

  it('is not traced when a machine asks how the server is', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect(await request(path, true)).toBeUndefined()
    }
  })
})

it('gives a log line the trace and the operation in which it was written', () => {
  const lines: string[] = []
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) })
  const span = startSpan('work', { attributes: { [SPAN_ATTRIBUTES.operationId]: 'op-1' } })
  span.run(() => logger.info({}, 'inside'))
  logger.info({}, 'outside')
  span.end()
  const [inside = '', outside = ''] = lines
  expect(JSON.parse(inside)).toMatchObject({
    trace_id: span.context?.traceId,
    span_id: span.context?.spanId,
    operationId: 'op-1',
  })
  expect(JSON.parse(outside)).not.toHaveProperty('trace_id')
})
