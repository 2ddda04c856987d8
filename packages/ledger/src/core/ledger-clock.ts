import type { Clock } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { sql } from 'kysely'
import { typed } from './typed.ts'

/** Ledger time in epoch milliseconds: the system time plus any advance. */
export type LedgerClock = {
  now(): number
  /** The system time, for signatures, retries and timeouts. */
  machineNow(): number
  /** How far ledger time is ahead of the system time. */
  offset(): number
  /** Advances ledger time permanently; resolves to the new time. */
  advance(milliseconds: number): Promise<number>
}

/** Opens the clock with the stored offset. */
export async function openLedgerClock(database: Database, base: Clock): Promise<LedgerClock> {
  const row = await typed(database).selectFrom('clock').select('offsetMs').executeTakeFirst()
  let offset = row?.offsetMs ?? 0
  const now = () => base.now().getTime() + offset
  return {
    now,
    machineNow: () => base.now().getTime(),
    offset: () => offset,
    async advance(milliseconds) {
      const { rows } = await sql<{ offset: number }>`
        with moved as (
          update clock set offset_ms = offset_ms + ${milliseconds} returning offset_ms
        )
        insert into clock_step (machine_at, offset_ms) select ${base.now().getTime()}, offset_ms from moved
        on conflict (machine_at) do update set offset_ms = excluded.offset_ms
        returning offset_ms as "offset"`.execute(typed(database))
      offset = rows[0]?.offset ?? offset
      return now()
    },
  }
}
