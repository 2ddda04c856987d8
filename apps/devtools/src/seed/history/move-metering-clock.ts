import type { Database } from '@tollgate/database'

/** Bounds how long a crashed seed leaves the clock wrong. */
const MOVED_FOR_SECONDS = 60

/**
 * Sets metering's clock behind by this much; 0 restores it. This is the only statement with which a seed backdates anything: everything
 * else goes through normal calls, and is charged and delivered with the time of this function.
 */
export async function moveMeteringClock(database: Database, behindMs: number): Promise<void> {
  const until = new Date(Date.now() + MOVED_FOR_SECONDS * 1000).toISOString()
  const moved = `case when clock_timestamp() < '${until}'::timestamptz
    then clock_timestamp() - interval '${behindMs} milliseconds' else clock_timestamp() end`
  await database.query({
    text: `create or replace function metering.clock() returns timestamptz
  language sql volatile parallel safe
  as $clock$select ${behindMs === 0 ? 'clock_timestamp()' : moved}$clock$`,
  })
}
