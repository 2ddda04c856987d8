import type { Database } from '@tollgate/database'

/** Time as metering's tables know it, in a test's hands. */
export type VirtualClock = {
  /** Moves it on to so many milliseconds after its beginning, unless it is there already; in between it runs as clocks do. */
  advanceTo(milliseconds: number): Promise<void>
}

/** Puts the clock of the metering tables `behindMs` behind the machine's, in one row that a statement can move. */
export async function createVirtualClock(
  tollgate: Database,
  behindMs: number,
): Promise<VirtualClock> {
  await tollgate.query({ text: 'create table metering.virtual_clock (ahead_ms bigint not null)' })
  await tollgate.query({
    text: 'insert into metering.virtual_clock values ($1)',
    values: [-behindMs],
  })
  // The servers log in with roles of their own, which own nothing.
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
