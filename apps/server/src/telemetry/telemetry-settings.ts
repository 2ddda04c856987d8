/** The variables by which OpenTelemetry is configured everywhere, as far as they decide what is sent and where to. */
export type TelemetryEnvironment = {
  OTEL_SDK_DISABLED: boolean
  OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: string | undefined
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: string | undefined
  OTEL_TRACES_EXPORTER: string
  OTEL_METRICS_EXPORTER: string
  OTEL_METRIC_EXPORT_INTERVAL: number
}

/** What is sent by OTLP and where to; a signal without an address is not sent. */
export type TelemetrySettings = {
  tracesUrl: string | undefined
  metricsUrl: string | undefined
  metricIntervalMs: number
}

/** Decides what is sent; undefined when nothing is, and then no SDK is loaded. */
export function telemetrySettings(env: TelemetryEnvironment): TelemetrySettings | undefined {
  if (env.OTEL_SDK_DISABLED) return undefined
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/u, '')
  const addressOf = (own: string | undefined, path: string, exporter: string) => {
    if (exporter === 'none') return undefined
    return own ?? (base === undefined ? undefined : `${base}${path}`)
  }
  const tracesUrl = addressOf(
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    '/v1/traces',
    env.OTEL_TRACES_EXPORTER,
  )
  const metricsUrl = addressOf(
    env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT,
    '/v1/metrics',
    env.OTEL_METRICS_EXPORTER,
  )
  if (tracesUrl === undefined && metricsUrl === undefined) return undefined
  return { tracesUrl, metricsUrl, metricIntervalMs: env.OTEL_METRIC_EXPORT_INTERVAL }
}
