import type { SpanProcessor } from '@opentelemetry/sdk-trace-node'
import type { Logger } from '@tollgate/contract'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'

/** What is sent, where it comes from, and who else sees the spans. */
export type TelemetryOptions = {
  config: Pick<Config, 'telemetry'>
  /** The metrics of this process, as they are defined for `/metrics`. */
  registry: Registry
  /** Sees the spans as well: the dev panel. */
  spanProcessor?: SpanProcessor | undefined
  logger: Logger
}

/**
 * Starts OpenTelemetry's SDK when the environment names a receiver or a program watches spans; otherwise nothing of it is loaded.
 * Once per process. Returns how to send what is left and stop.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<() => Promise<void>> {
  const { config, spanProcessor } = options
  if (!config.telemetry && !spanProcessor) return async () => {}
  const { startSdk } = await import('./start-sdk.ts')
  return startSdk(options)
}
