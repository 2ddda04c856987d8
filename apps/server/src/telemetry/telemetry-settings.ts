/** The protocols of OTLP that the server speaks. */
const PROTOCOLS = ['http/protobuf', 'http/json'] as const
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
]

/**
 * The variables by which OpenTelemetry is configured everywhere, as far as they decide what is sent, where to and how.
 * The SDK reads the others itself: headers, time limits, compression, certificates, batches, and the resource.
 */
export type TelemetryEnvironment = {
  OTEL_SDK_DISABLED: boolean
  OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: string | undefined
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: string | undefined
  OTEL_EXPORTER_OTLP_PROTOCOL: string | undefined
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: string | undefined
  OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: string | undefined
  OTEL_TRACES_EXPORTER: string
  OTEL_METRICS_EXPORTER: string
  OTEL_TRACES_SAMPLER: string | undefined
  OTEL_TRACES_SAMPLER_ARG: string | undefined
  OTEL_METRIC_EXPORT_INTERVAL: number
}

/** Where one kind of telemetry is sent, and in which form. */
export type Receiver = { url: string; protocol: (typeof PROTOCOLS)[number] }

/** What is sent by OTLP; a signal without an address is not sent. */
export type TelemetrySettings = {
  traces: Receiver | undefined
  metrics: Receiver | undefined
  metricIntervalMs: number
}

/** A variable that cannot be used, and what to set instead. */
type Problem = { variable: string; message: string }

/** Decides what is sent; undefined when nothing is, and then no SDK is loaded. Problems are the variables that cannot be used. */
export function telemetrySettings(env: TelemetryEnvironment): {
  settings: TelemetrySettings | undefined
  problems: Problem[]
} {
  const problems: Problem[] = []
  const traces = receiverOf(env, 'TRACES', problems)
  const metrics = receiverOf(env, 'METRICS', problems)
  if (traces) problems.push(...samplerProblems(env))
  const isSent = traces !== undefined || metrics !== undefined
  const metricIntervalMs = env.OTEL_METRIC_EXPORT_INTERVAL
  return { settings: isSent ? { traces, metrics, metricIntervalMs } : undefined, problems }
}

function receiverOf(
  env: TelemetryEnvironment,
  signal: 'TRACES' | 'METRICS',
  problems: Problem[],
): Receiver | undefined {
  if (env.OTEL_SDK_DISABLED || env[`OTEL_${signal}_EXPORTER`] === 'none') return undefined
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/u, '')
  const shared = base === undefined ? undefined : `${base}/v1/${signal.toLowerCase()}`
  const url = env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] ?? shared
  if (url === undefined) return undefined
  const ofSignal = `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL` as const
  const variable = env[ofSignal] === undefined ? 'OTEL_EXPORTER_OTLP_PROTOCOL' : ofSignal
  const named = env[variable] ?? 'http/protobuf'
  const protocol = PROTOCOLS.find((each) => each === named)
  if (protocol) return { url, protocol }
  const message = `"${named}" is not supported; set http/protobuf or http/json, and the receiver's port for HTTP, usually 4318`
  problems.push({ variable, message })
  return undefined
}

/** The SDK would record every trace instead. */
function samplerProblems(env: TelemetryEnvironment): Problem[] {
  const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio } = env
  if (sampler === undefined) return []
  if (!SAMPLERS.includes(sampler)) {
    const message = `"${sampler}" is not one of ${SAMPLERS.join(', ')}`
    return [{ variable: 'OTEL_TRACES_SAMPLER', message }]
  }
  const isRatio = ratio !== undefined && Number(ratio) >= 0 && Number(ratio) <= 1
  if (!sampler.endsWith('traceidratio') || isRatio) return []
  const message = `${sampler} needs the part of all traces, from 0 to 1`
  return [{ variable: 'OTEL_TRACES_SAMPLER_ARG', message }]
}
