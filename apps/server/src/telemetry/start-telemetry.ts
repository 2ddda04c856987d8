import type { SpanProcessor } from '@opentelemetry/sdk-trace-node'
import type { Logger } from '@tollgate/contract'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'

/** What is exported, under which resource, and additional span processors. */
export type TelemetryOptions = {
  config: Pick<Config, 'telemetry'>
  /** The metrics of this process, as defined for `/metrics`. */
  registry: Registry
  /** Receives the spans as well: the dev panel. */
  spanProcessor?: SpanProcessor | undefined
  logger: Logger
}

/**
 * Starts OpenTelemetry's SDK if the environment names a receiver or a program reads spans; otherwise the SDK is not loaded. Call once per
 * process. Returns a function that flushes and stops it.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<() => Promise<void>> {
  const { config, spanProcessor } = options
  if (!config.telemetry && !spanProcessor) return async () => {}
  const { startSdk } = await import('./start-sdk.ts')
  return startSdk(options)
}
