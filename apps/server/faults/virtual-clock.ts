import type { Database } from '@tollgate/database'

/** The time that metering's tables use, controlled by a test. */
export type VirtualClock = {
  /** Advances it to this many milliseconds after its start, unless it is already there; in between it runs normally. */
  advanceTo(milliseconds: number): Promise<void>
}

/** Puts the clock of the metering tables `behindMs` behind the machine's, by an offset in one row. */
export async function createVirtualClock(
  tollgate: Database,
  behindMs: number,
): Promise<VirtualClock> {
  await tollgate.query({ text: 'create table metering.virtual_clock (ahead_ms bigint not null)' })
  await tollgate.query({
    text: 'insert into metering.virtual_clock values ($1)',
    values: [-behindMs],
  })
  // The servers log in with roles that own nothing, so the clock needs grants.
  await tollgate.query({ text: 'grant select on metering.virtual_clock to public' })
  await tollgate.query({
    text: `create or replace function metering.clock() returns timestamptz language sql volatile as
           $$ select clock_timestamp() + (select ahead_ms from metering.virtual_clock) * interval '1 millisecond' $$`,
  })
  const begun = performance.now()
  return {
    async advanceTo(milliseconds) {
      const ahead = Math.round(milliseconds - (performance.now() - begun))
      await tollgate.query({
        text: 'update metering.virtual_clock set ahead_ms = greatest(ahead_ms, $1::bigint - $2::bigint)',
        values: [ahead, behindMs],
      })
    },
  }
}
