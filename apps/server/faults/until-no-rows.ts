import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@tollgate/database'

const POLL_MS = 100

/** Waits until `query` returns no rows; returns the elapsed milliseconds, or null on timeout. */
export async function untilNoRows(
  database: Database,
  query: string,
  { values = [], withinMs }: { values?: readonly unknown[]; withinMs: number },
): Promise<number | null> {
  const startedAt = performance.now()
  for (;;) {
    const rows = await database.query({ text: query, values })
    const elapsed = performance.now() - startedAt
    if (rows.length === 0) return Math.round(elapsed)
    if (elapsed > withinMs) return null
    await delay(POLL_MS)
  }
}

/** Operations with an open hold. */
export const STILL_HELD = `
  select 1 from metering.operation where state = 'executing'
  union all select 1 from metering.account where held <> 0 limit 1`

/** Usage events that the backend has not acknowledged. */
export const STILL_PENDING = `select 1 from metering.outbox where not quarantined limit 1`
