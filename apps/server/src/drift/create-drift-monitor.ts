import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Logger } from '@tollgate/contract'
import { type DriftedEvent, type DriftSides, findDrift } from '@tollgate/metering/postgres'
import { countDrift, type DriftCounts } from './count-drift.ts'
import { describeDrift } from './describe-drift.ts'

/** A restore from a backup loses the newest events; older ones are for `pnpm billing:admin drift`. */
const LOOKED_BACK_MS = 7 * 24 * 60 * 60 * 1000
/** One restore can lose thousands; the command names them all. */
const LOGGED_MAX = 20

export type DriftMonitorOptions = {
  sides: DriftSides
  /** Between two checks. */
  everyMs: number
  /** What a check found; null when it could not be finished. */
  onChecked(counts: DriftCounts | null): void
  clock: Clock
  logger: Logger
}

/** Compares the usage of the last week with the backend's, again and again, until it is stopped. */
export function createDriftMonitor(options: DriftMonitorOptions): {
  start(): void
  stop(): Promise<void>
} {
  const ended = new AbortController()
  let loop: Promise<void> | null = null
  return {
    start: () => void (loop ??= run(options, ended.signal)),
    stop: async () => {
      ended.abort()
      await loop
    },
  }
}

async function run(options: DriftMonitorOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(options.everyMs, undefined, { signal, ref: false }).catch(() => undefined)
    if (signal.aborted) return
    try {
      options.onChecked(await check(options, signal))
    } catch (error) {
      if (signal.aborted) return
      options.onChecked(null)
      options.logger.warn({ error }, 'drift: the check failed, retrying later')
    }
  }
}

async function check(
  { sides, clock, logger }: DriftMonitorOptions,
  signal: AbortSignal,
): Promise<DriftCounts> {
  const until = clock.now().getTime()
  const counts = countDrift()
  const found = findDrift({ ...sides, signal }, { from: until - LOOKED_BACK_MS, until })
  for await (const drifted of found) {
    if (counts.total < LOGGED_MAX) log(logger, drifted)
    counts.add(drifted)
  }
  return counts.byKind
}

function log(logger: Logger, drifted: DriftedEvent): void {
  logger.error(
    describeDrift(drifted),
    'drift: metering and the billing backend disagree about a usage event',
  )
}
