import type { MeterSlug } from '@tollgate/contract'
import { callRoutine } from './call-routine.ts'
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
  const { customerId, limit, before } = page
  return callRoutine(database, 'read_activity', [
    bucketOf(database, customerId),
    customerId,
    limit,
    before?.at ?? null,
    before?.operationId ?? null,
  ])
}
