import type { BalanceChange } from '@tollgate/contract'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** One meter of one operation, or one change of a balance at the backend, in a customer's own ledger. */
export type LedgerRow = { id: string; meter: string; balanceAfter: number | null } & (
  | {
      kind: 'operation'
      procedure: string
      state: 'held' | 'charged' | 'released'
      held: number
      charged: number | null
      startedAt: string
      at: string | null
    }
  | ({ kind: 'change' } & Pick<BalanceChange, 'reason' | 'name' | 'amount' | 'at'>)
)

/**
 * Reads up to `limit` operations and, with `changes`, as many changes, newest first, what is running before that, from just
 * before the given one.
 */
export async function readLedger(
  database: MeteringDatabase,
  page: {
    customerId: string
    limit: number
    before: { at: string | null; id: string } | null
    changes: boolean
  },
): Promise<LedgerRow[]> {
  const { customerId, limit, before, changes } = page
  return callRoutine(database, 'list_ledger', [
    bucketOf(database, customerId),
    customerId,
    limit,
    before?.at ?? null,
    before?.id ?? null,
    changes,
  ])
}
