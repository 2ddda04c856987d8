import type { Database } from '@tollgate/database'
import type { Finding } from './finding.ts'

/** Leases end by the database's clock; a person who compares logs would be misled by more than this. */
const CLOCKS_APART_MS_MAX = 2000

/** Whether the database's clock agrees with this machine's, however long the answer takes. */
export async function checkDatabaseClock(database: Pick<Database, 'query'>): Promise<Finding> {
  const about = 'Database clock'
  const askedAt = Date.now()
  const [row] = await database.query<{ now: Date }>({ text: 'select clock_timestamp() as now' })
  const answeredAt = Date.now()
  const there = row?.now.getTime() ?? 0
  // Of two clocks that agree, the database's was read between the question and the answer.
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
