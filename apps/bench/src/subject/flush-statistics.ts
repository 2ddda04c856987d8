import type { Database } from '@tollgate/database'
import { CONNECTIONS_MAX } from './open-subject.ts'

/** Long enough that all connections are busy at once, so that each runs exactly one of the queries. */
const TOGETHER_S = 0.1

/** PostgreSQL's connections report their statistics about once a second; this makes each report now. */
export async function flushStatistics(database: Database): Promise<null> {
  await Promise.all(
    Array.from({ length: CONNECTIONS_MAX }, () =>
      database.query({
        text: 'select pg_stat_force_next_flush(), pg_sleep($1)',
        values: [TOGETHER_S],
      }),
    ),
  )
  return null
}
