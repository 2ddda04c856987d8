import type { MeterSlug } from '@tollgate/contract'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

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

/** Reads operations newest first by when they ended, what is running before that, from just before the given one. */
export async function readActivity(
  database: MeteringDatabase,
  page: {
    customerId: string
    limit: number
    before: { at: string | null; operationId: string } | null
  },
): Promise<ActivityRow[]> {
  const rows = await database.query<{ lines: ActivityRow[] }>({
    name: 'metering.read_activity',
    text: 'select metering.read_activity($1::smallint, $2, $3, $4::timestamptz, $5::uuid) as lines',
    values: [
      bucketOf(database, page.customerId),
      page.customerId,
      page.limit,
      page.before?.at ?? null,
      page.before?.operationId ?? null,
    ],
  })
  return rows[0]?.lines ?? []
}
