import { sql } from 'kysely'

/**
 * SQL for when a `usage_event event` was used, in ledger time: callers report system time, and the ledger clock may have been advanced
 * since. Nothing is used after it arrives: a later date comes from a clock that is ahead.
 */
export const USED_AT = sql<number>`least(event.created_at, event.usage_date + coalesce((
    select step.offset_ms from clock_step step
    where step.machine_at <= event.usage_date order by step.machine_at desc limit 1), 0))`
