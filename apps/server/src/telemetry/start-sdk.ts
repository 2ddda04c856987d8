import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { Logger } from '@tollgate/contract'
import manifest from '../../package.json' with { type: 'json' }
import { createMetricProducer } from './create-metric-producer.ts'
import type { TelemetryOptions } from './start-telemetry.ts'

/** A receiver that is away must not keep a server from stopping. */
const LAST_EXPORT_MS_MAX = 3000

/** Starts the SDK: spans in batches and metrics at intervals, both in the background. Returns how to flush and stop it. */
export function startSdk({ config, registry, spanProcessor, logger }: TelemetryOptions) {
  const { tracesUrl, metricsUrl, metricIntervalMs = 0 } = config.telemetry ?? {}
  logFailures(logger)
  const resource = describeProcess()
  const batches = tracesUrl
    ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl }))]
    : []
  const tracing = new NodeTracerProvider({
    resource,
    spanProcessors: [...batches, ...(spanProcessor ? [spanProcessor] : [])],
  })
  tracing.register()
  const reader = metricsUrl
    ? new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: metricsUrl }),
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

/** The SDK refuses a time limit that is longer than the interval. */
function intervalOf(milliseconds: number) {
  return {
    exportIntervalMillis: milliseconds,
    exportTimeoutMillis: Math.min(milliseconds, 30_000),
  }
}

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` win. */
function describeProcess(): Resource {
  const own = resourceFromAttributes({
    'service.name': 'tollgate',
    'service.version': manifest.version,
    'service.instance.id': `${hostname()}-${process.pid}`,
  })
  return own.merge(detectResources({ detectors: [envDetector] }))
}

/** An export that fails is the SDK's to repeat or drop; here it is only said. */
function logFailures(logger: Logger): void {
  const say = (message: string) => logger.warn({ reason: message }, 'telemetry: export failed')
  const silent = () => {}
  diag.setLogger(
    { error: say, warn: say, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}
