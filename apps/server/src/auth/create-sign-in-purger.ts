import type { Logger } from '@tollgate/contract'
import { createWorker, type Database, type Worker } from '@tollgate/database'

const PURGE_EVERY_MS = 3_600_000
/** Small enough that a statement takes milliseconds. */
const BATCH_SIZE = 1000
const STEP_PAUSE_MS = 250

/** Deletes rows that sign-in no longer needs; any number of purgers may run on one database. */
export type SignInPurger = Worker & {
  /** One statement per table; returns how many rows of each were deleted. */
  purgeOnce(): Promise<Record<string, number>>
}

/** Creates a purger of rows that ended more than `keptDays` ago; runs and rate limit counters are deleted after a day. */
export function createSignInPurger(options: {
  database: Database
  keptDays: number
  logger: Logger
}): SignInPurger {
  const { database, keptDays, logger } = options

  async function purgeOnce(): Promise<Record<string, number>> {
    const purged: Record<string, number> = {}
    for (const { table, endedAt, cutoff = DAYS_AGO, days = keptDays } of ENDED) {
      if (days === Infinity) continue
      const rows = await database.query({
        name: `purge-${table}`,
        text: `delete from ${table} where id in (
                 select id from ${table} where ${endedAt} < ${cutoff}
                 order by ${endedAt} limit $2 for update skip locked)
               returning 1`,
        values: [days, BATCH_SIZE],
      })
      purged[table] = rows.length
    }
    return purged
  }

  const worker = createWorker({
    name: 'sign-in purger',
    logger,
    intervalMs: PURGE_EVERY_MS,
    async round() {
      const isFull = Object.values(await purgeOnce()).includes(BATCH_SIZE)
      return isFull ? STEP_PAUSE_MS : undefined
    },
  })
  return { ...worker, purgeOnce }
}

const DAYS_AGO = `now() - $1 * interval '1 day'`

/** When a row of each table ended, as its index expresses it. */
const ENDED: readonly { table: string; endedAt: string; cutoff?: string; days?: number }[] = [
  { table: 'auth_session', endedAt: '"expiresAt"' },
  { table: 'auth_verification', endedAt: '"expiresAt"' },
  { table: 'auth_invitation', endedAt: '"expiresAt"' },
  { table: 'auth_api_key', endedAt: 'least(revoked_at, expires_at)' },
  { table: 'auth_run', endedAt: 'expires_at', days: 1 },
  { table: 'auth_purchase_request', endedAt: 'resolved_at' },
  {
    table: 'auth_rate_limit',
    endedAt: '"lastRequest"',
    cutoff: `(extract(epoch from ${DAYS_AGO}) * 1000)::bigint`,
    days: 1,
  },
]
