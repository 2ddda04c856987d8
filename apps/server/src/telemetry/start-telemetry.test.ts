import { trace } from '@opentelemetry/api'
import { silentLogger } from '@tollgate/contract'
import { Counter, Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startOtlpReceiver } from '../../fixtures/start-otlp-receiver.ts'
import { ConfigError, readConfig } from '../config.ts'
import { startTelemetry } from './start-telemetry.ts'

describe('telemetry by the variables of OpenTelemetry', () => {
  let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
  beforeEach(async () => {
    receiver = await startOtlpReceiver()
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await receiver.close()
  })

  it.each([
    ['binary by default', {}, 'application/x-protobuf'],
    [
      'as JSON on demand',
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_SERVICE_NAME: 'studio' },
      'application/json',
    ],
  ])('sends spans and metrics, %s', async (_, env, contentType) => {
    await sendOneOfEach({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env })
    expect(receiver.headers.map((headers) => headers['content-type'])).toEqual([
      contentType,
      contentType,
    ])
    expect(receiver.spans).toEqual([
      {
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
        parentSpanId: '',
        name: 'one',
        kind: 1,
        attributes: { count: 1, share: 0.5, on: true, words: ['a', 'b'] },
        resource: expect.objectContaining({
          'service.name': 'OTEL_SERVICE_NAME' in env ? 'studio' : 'tollgate',
        }),
        isError: false,
      },
    ])
    expect(receiver.points).toEqual([
      { name: 'things_total', type: 'sum', attributes: { kind: 'a' }, value: 2 },
    ])
  })

  it('sends one signal in another form than the other, with its own headers, compressed', async () => {
    await sendOneOfEach({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20secret,tenant=one',
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'tenant=two',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    })
    const shared = { 'api-key': 'a secret', 'content-encoding': 'gzip' }
    expect(receiver.headers).toHaveLength(2)
    expect(receiver.headers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...shared,
          'content-type': 'application/x-protobuf',
          tenant: 'one',
        }),
        expect.objectContaining({ ...shared, 'content-type': 'application/json', tenant: 'two' }),
      ]),
    )
    expect([receiver.spans.length, receiver.points.length]).toEqual([1, 1])
  })

  it.each([
    ['nothing when it is disabled', { OTEL_SDK_DISABLED: 'true' }, [0, 0]],
    [
      'nothing when it is disabled, whatever the protocol',
      { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      [0, 0],
    ],
    ['no traces when they have no exporter', { OTEL_TRACES_EXPORTER: 'none' }, [0, 1]],
    ['no metrics when they have no exporter', { OTEL_METRICS_EXPORTER: 'none' }, [1, 0]],
    [
      'the traces that are sampled',
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
      [0, 1],
    ],
  ])('sends %s', async (_, env, [spans, points]) => {
    await sendOneOfEach({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env })
    expect([receiver.spans.length, receiver.points.length]).toEqual([spans, points])
  })

  it.each([
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'set http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL'],
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, 'OTEL_TRACES_SAMPLER'],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio' }, 'OTEL_TRACES_SAMPLER_ARG'],
    [
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '10' },
      'from 0 to 1',
    ],
  ])('refuses %j and says what to set', (env, advice) => {
    const read = () => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(advice)
    expect(() => readConfig(env), 'without a receiver').not.toThrow()
  })
})

/** As a process with this environment would start it. */
async function sendOneOfEach(env: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const registry = new Registry()
  const counter = new Counter({
    name: 'things_total',
    help: 'Things',
    labelNames: ['kind'],
    registers: [registry],
  })
  counter.inc({ kind: 'a' }, 2)
  const stop = await startTelemetry({ config: readConfig(), registry, logger: silentLogger })
  const span = trace.getTracer('test').startSpan('one')
  span.setAttributes({ count: 1, share: 0.5, on: true, words: ['a', 'b'] })
  span.end()
  await stop()
}
