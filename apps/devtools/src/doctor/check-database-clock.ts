import type { Database } from '@tollgate/database'
import type { Finding } from './finding.ts'

/** Leases use the database's clock; a larger difference would mislead a reader of logs. */
const CLOCKS_APART_MS_MAX = 2000

/** Checks that the database's clock agrees with this machine's, regardless of latency. */
export async function checkDatabaseClock(database: Pick<Database, 'query'>): Promise<Finding> {
  const about = 'Database clock'
  const askedAt = Date.now()
  const [row] = await database.query<{ now: Date }>({ text: 'select clock_timestamp() as now' })
  const answeredAt = Date.now()
  const there = row?.now.getTime() ?? 0
  // If the clocks agree, the database's time lies between the request and the response.
  const apart = Math.max(0, askedAt - there, there - answeredAt)
  if (apart <= CLOCKS_APART_MS_MAX)
    return { about, state: 'ok', detail: 'agrees with this machine' }
  return {
    about,
    state: 'warning',
    detail: `${Math.round(apart / 1000)} s away from this machine's`,
    fix: 'Let both follow a time service (NTP). Charges stay right; logs would mislead you.',
  }
}
