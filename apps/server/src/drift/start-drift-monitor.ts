import { type BillingBackend, type Logger, systemClock } from '@tollgate/contract'
import { createWorker } from '@tollgate/database'
import {
  type ChargeReader,
  type DriftedEvent,
  type DriftSides,
  findDrift,
  listingOf,
} from '@tollgate/metering/postgres'
import type { DriftLog } from '../operator/create-drift-log.ts'
import { countDrift, type DriftCounts } from './count-drift.ts'
import { describeDrift } from './describe-drift.ts'

const MINUTE_MS = 60_000
/** A restore from a backup loses the newest events; `pnpm billing:admin drift` finds older ones. */
const PERIOD_MS = 7 * 24 * 60 * MINUTE_MS
/** One restore can lose thousands; the command lists them all. */
const LOGGED_MAX = 20

/**
 * Compares the last week's usage with the backend's at an interval, unless the check is disabled or the backend cannot list its events;
 * returns a function that stops it.
 */
export function startDriftMonitor(options: {
  everyMinutes: number
  metering: ChargeReader
  backend: BillingBackend
  /** The result of a check; null if it could not finish. */
  onChecked(counts: DriftCounts | null): void
  /** Keeps the first drifted events of a finished check. */
  drift: DriftLog
  logger: Logger
}): () => Promise<void> {
  const { everyMinutes, metering, onChecked, drift, logger } = options
  const backend = listingOf(options.backend)
  if (!backend || everyMinutes === 0) return () => Promise.resolve()
  const worker = createWorker({
    name: 'drift',
    async round(signal) {
      try {
        onChecked(await check({ metering, backend, signal }, { drift, logger }))
      } catch (error) {
        if (!signal.aborted) onChecked(null)
        throw error
      }
    },
    intervalMs: everyMinutes * MINUTE_MS,
    waitsFirst: true,
    logger,
  })
  worker.start()
  return worker.stop
}

async function check(
  sides: DriftSides,
  { drift, logger }: { drift: DriftLog; logger: Logger },
): Promise<DriftCounts> {
  const until = systemClock.now().getTime()
  const counts = countDrift()
  const events: DriftedEvent[] = []
  for await (const drifted of findDrift(sides, { from: until - PERIOD_MS, until })) {
    if (counts.total < LOGGED_MAX) {
      logger.error(
        describeDrift(drifted),
        'drift: metering and the billing backend disagree about a usage event',
      )
    }
    if (events.length < drift.keptMax) events.push(drifted)
    counts.add(drifted)
  }
  drift.record({ total: counts.total, events })
  return counts.byKind
}
