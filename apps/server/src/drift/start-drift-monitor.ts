import { type BillingBackend, type Logger, systemClock } from '@tollgate/contract'
import { type ChargeReader, listingOf } from '@tollgate/metering/postgres'
import type { Config } from '../config.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import { createDriftMonitor } from './create-drift-monitor.ts'

const MINUTE_MS = 60_000

/** Starts comparing usage with the billing backend's, unless it is switched off or the backend cannot list; answers how to stop. */
export function startDriftMonitor(
  config: Config,
  parts: { metering: ChargeReader; backend: BillingBackend; metrics: Metrics; logger: Logger },
): () => Promise<void> {
  const listing = listingOf(parts.backend)
  if (!listing || config.driftCheckMinutes === 0) return () => Promise.resolve()
  const monitor = createDriftMonitor({
    sides: { metering: parts.metering, backend: listing },
    everyMs: config.driftCheckMinutes * MINUTE_MS,
    onChecked: parts.metrics.onDriftChecked,
    clock: systemClock,
    logger: parts.logger,
  })
  monitor.start()
  return monitor.stop
}
