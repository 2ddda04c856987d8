import type { MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** One meter of one operation in a customer's own ledger. */
export type ActivityRow = {
  operationId: string
  procedure: string
  meter: MeterSlug
  state: 'held' | 'charged' | 'released'
  held: number
  charged: number | null
  balanceAfter: number | null
  startedAt: string
  endedAt: string | null
}

/** Reads operations newest first, from just before the given one. */
export async function readActivity(
  database: Database,
  page: { customerId: string; limit: number; before: { at: string; operationId: string } | null },
): Promise<ActivityRow[]> {
  const rows = await database.query<{ lines: ActivityRow[] }>({
    name: 'metering.read_activity',
    text: 'select metering.read_activity($1, $2, $3::timestamptz, $4) as lines',
    values: [
      page.customerId,
      page.limit,
      page.before?.at ?? null,
      page.before?.operationId ?? null,
    ],
  })
  return rows[0]?.lines ?? []
}
