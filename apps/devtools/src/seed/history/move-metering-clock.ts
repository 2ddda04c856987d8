import type { Database } from '@tollgate/database'

/** A seeding that dies leaves the clock wrong for no longer than this. */
const MOVED_FOR_SECONDS = 60

/**
 * Has metering's clock be behind by so much; 0 sets it right. The one statement with which a seed writes the past: everything
 * else goes through the calls that people make, and is charged and delivered with the time that this function answers.
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
