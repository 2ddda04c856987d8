/** The OTLP protocols that the server supports. */
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
 * The standard OpenTelemetry variables that decide what is exported, where to and in which format. The SDK reads the others itself:
 * headers, timeouts, compression, certificates, batches, and the resource.
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

/** Where and in which format one signal is exported. */
export type Receiver = { url: string; protocol: (typeof PROTOCOLS)[number] }

/** What is exported by OTLP; a signal without an address is not exported. */
export type TelemetrySettings = {
  traces: Receiver | undefined
  metrics: Receiver | undefined
  metricIntervalMs: number
}

/** An invalid variable, and what to set instead. */
type Problem = { variable: string; message: string }

/** Decides what is exported; undefined if nothing is, in which case no SDK is loaded. Problems are the invalid variables. */
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

/** With an invalid one the SDK would record every trace. */
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
