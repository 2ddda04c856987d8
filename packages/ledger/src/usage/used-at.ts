import { sql } from 'kysely'

/**
 * SQL for when a `usage_event event` was used, in the ledger's time: callers report the machine's, which the clock may
 * have been moved ahead of since. Nothing was used later than it arrived: what says so has another clock.
 */
export const USED_AT = sql<number>`least(event.created_at, event.usage_date + coalesce((
    select step.offset_ms from clock_step step
    where step.machine_at <= event.usage_date order by step.machine_at desc limit 1), 0))`
