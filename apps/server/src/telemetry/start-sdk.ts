import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api'
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node'
import type { Logger } from '@tollgate/contract'
import manifest from '../../package.json' with { type: 'json' }
import { createMetricProducer } from './create-metric-producer.ts'
import type { TelemetryOptions } from './start-telemetry.ts'
import type { Receiver } from './telemetry-settings.ts'

/** An unreachable receiver must not delay the server's shutdown. */
const LAST_EXPORT_MS_MAX = 3000

/** Starts the SDK: spans in batches and metrics at intervals, both in the background. Returns a function that flushes and stops it. */
export function startSdk({ config, registry, spanProcessor, logger }: TelemetryOptions) {
  const { traces, metrics, metricIntervalMs = 0 } = config.telemetry ?? {}
  logFailures(logger)
  const resource = describeProcess()
  const batches = traces ? [new BatchSpanProcessor(createTraceExporter(traces))] : []
  const tracing = new NodeTracerProvider({
    resource,
    spanProcessors: [...batches, ...(spanProcessor ? [spanProcessor] : [])],
  })
  tracing.register()
  const reader = metrics
    ? new PeriodicExportingMetricReader({
        exporter: createMetricExporter(metrics),
        metricProducers: [createMetricProducer({ registry, startedAt: Date.now() })],
        ...intervalOf(metricIntervalMs),
      })
    : null
  const metering = reader ? new MeterProvider({ resource, readers: [reader] }) : null
  if (config.telemetry) logger.info(config.telemetry, 'telemetry: sending by OTLP')

  return async function stop(): Promise<void> {
    const ended = Promise.allSettled([tracing.shutdown(), metering?.shutdown()])
    const patience = new AbortController()
    const late = delay(LAST_EXPORT_MS_MAX, 'late', { signal: patience.signal }).catch(() => 'ended')
    const how = await Promise.race([ended, late])
    patience.abort()
    for (const api of [trace, context, propagation, diag]) api.disable()
    if (how === 'late') logger.warn({}, 'telemetry: receiver did not answer, last spans not sent')
  }
}

/** The exporters themselves read headers, timeouts, compression and certificates from the standard variables. */
function createTraceExporter({ url, protocol }: Receiver): SpanExporter {
  return protocol === 'http/json'
    ? new JsonTraceExporter({ url })
    : new ProtobufTraceExporter({ url })
}

function createMetricExporter({ url, protocol }: Receiver): PushMetricExporter {
  return protocol === 'http/json'
    ? new JsonMetricExporter({ url })
    : new ProtobufMetricExporter({ url })
}

/** The SDK rejects a timeout that is longer than the interval. */
function intervalOf(milliseconds: number) {
  return {
    exportIntervalMillis: milliseconds,
    exportTimeoutMillis: Math.min(milliseconds, 30_000),
  }
}

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` take precedence. */
function describeProcess(): Resource {
  const own = resourceFromAttributes({
    'service.name': 'tollgate',
    'service.version': manifest.version,
    'service.instance.id': `${hostname()}-${process.pid}`,
  })
  return own.merge(detectResources({ detectors: [envDetector] }))
}

/** The SDK retries or drops failed exports and ignores invalid variables; this only logs them. */
function logFailures(logger: Logger): void {
  const say = (message: string) =>
    logger.warn({ reason: message }, 'telemetry: SDK reports a problem')
  const silent = () => {}
  diag.setLogger(
    { error: say, warn: say, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}
