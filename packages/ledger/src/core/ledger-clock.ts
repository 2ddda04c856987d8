import type { Clock } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Ledger time in epoch milliseconds: the machine's time plus what was advanced. */
export type LedgerClock = {
  now(): number
  /** The machine's own time, for signatures, retries and timeouts. */
  machineNow(): number
  /** How far ledger time is ahead of the machine's. */
  offset(): number
  /** Advances ledger time for good; resolves to the new time. */
  advance(milliseconds: number): Promise<number>
}

/** Opens the clock with the stored offset. */
export async function openLedgerClock(database: Database, base: Clock): Promise<LedgerClock> {
  const [row] = await database.query<{ offset: number }>({
    text: 'select offset_ms as "offset" from clock',
  })
  let offset = row?.offset ?? 0
  const now = () => base.now().getTime() + offset
  return {
    now,
    machineNow: () => base.now().getTime(),
    offset: () => offset,
    async advance(milliseconds) {
      const [step] = await database.query<{ offset: number }>({
        text: `with moved as (
                 update clock set offset_ms = offset_ms + $1 returning offset_ms
               )
               insert into clock_step (machine_at, offset_ms) select $2, offset_ms from moved
               on conflict (machine_at) do update set offset_ms = excluded.offset_ms
               returning offset_ms as "offset"`,
        values: [milliseconds, base.now().getTime()],
      })
      offset = step?.offset ?? offset
      return now()
    },
  }
}
