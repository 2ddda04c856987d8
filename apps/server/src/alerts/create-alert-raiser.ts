import type { AlertPreferences, Logger } from '@tollgate/contract'
import { createWorker, type Database, type Worker } from '@tollgate/database'
import type { UsageChange, UsageChangeFeed } from '@tollgate/metering/postgres'
import type { AlertChanges } from './create-alert-changes.ts'
import { purgeAlerts, raiseAlerts, type ReachedThreshold } from './alert-rows.ts'
import { findCrossed } from './find-crossed.ts'
import { DEFAULT_PREFERENCES, readPreferences } from './preference-rows.ts'

/** How many customers one statement reads, and another records. */
const BATCH_SIZE = 100
/** Alerts are read by people, who would not notice a shorter delay. */
const POLL_MS = 1000
/** Longer than a round takes; afterwards another process takes over the claims of one that died. */
const CLAIM_MS = 15_000
const PURGE_EVERY_MS = 3_600_000
/** A customer with a plan that does not renew is alerted once. */
const NO_PERIOD = 'always'

/** Follows usage changes and raises alerts; any number of raisers may run on one database. */
export type AlertRaiser = Worker & {
  /** Raises the alerts of one batch of customers; returns the size of the batch. */
  raiseOnce(): Promise<number>
}

/**
 * Creates a raiser. A change is acknowledged after its alerts are recorded: if the process dies in between, the change is evaluated again
 * and its alerts are found to exist.
 */
export function createAlertRaiser(options: {
  database: Database
  feed: UsageChangeFeed
  changes: Pick<AlertChanges, 'notify'>
  /** Whether e-mail is configured. */
  sendsEmail: boolean
  /** How long alerts are kept; longer than a billing period, so that none is raised twice. */
  keptDays: number
  logger: Logger
}): AlertRaiser {
  const { database, feed, logger } = options
  let purgeAt = 0

  async function raiseOnce(): Promise<number> {
    const changes = await feed.claim({ limit: BATCH_SIZE, claimMs: CLAIM_MS })
    if (changes.length === 0) return 0
    const known = await readPreferences(
      database,
      changes.map(({ customerId }) => customerId),
    )
    const reached = changes.flatMap((change) =>
      reachedBy(change, {
        ...(known.get(change.customerId) ?? DEFAULT_PREFERENCES),
        sendsEmail: options.sendsEmail,
      }),
    )
    const raised = await raiseAlerts(database, reached)
    await feed.acknowledge(changes)
    await options.changes.notify(raised.map(({ customerId }) => customerId))
    return changes.length
  }

  const worker = createWorker({
    name: 'alerts',
    logger,
    intervalMs: POLL_MS,
    async round() {
      if ((await raiseOnce()) >= BATCH_SIZE) return 0
      if (performance.now() < purgeAt) return undefined
      await purgeAlerts(database, options.keptDays)
      purgeAt = performance.now() + PURGE_EVERY_MS
      return undefined
    },
  })
  return { ...worker, raiseOnce }
}

/** The thresholds a customer has reached in its billing period; an unlimited meter has none. */
function reachedBy(
  change: UsageChange,
  wanted: AlertPreferences & { sendsEmail: boolean },
): ReachedThreshold[] {
  const { customerId, periodStart, resetsAt } = change
  const channels = {
    email: wanted.email && wanted.sendsEmail,
    webhook: wanted.webhookUrl !== null,
  }
  const period = periodStart === null ? NO_PERIOD : new Date(periodStart).toISOString()
  return change.meters.flatMap(({ meter, used, granted, percentUsed }) =>
    findCrossed(percentUsed, wanted.thresholds).map((crossed) => ({
      customerId,
      subject: 'customer',
      meter,
      period,
      used,
      granted,
      resetsAt,
      channels,
      ...crossed,
    })),
  )
}
