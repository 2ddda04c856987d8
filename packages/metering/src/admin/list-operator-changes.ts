import type { Database } from '@tollgate/database'
import { readCursor, writeCursor } from '../activity/page-cursor.ts'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'
import type { ChangeAuthor } from './change-author.ts'

/** One change by an operator; `before` and `after` are the values, as operators see them. */
export type OperatorChange = ChangeAuthor & {
  id: string
  at: string
  action: 'release' | 'quarantine' | 'replay' | 'accept' | 'redeliver'
  customerId: string
  operationId: string | null
  transactionId: string | null
  before: unknown
  after: unknown
}

/** One page of operators' changes, newest first, for one customer or all. */
export async function listOperatorChanges(
  database: Database,
  page: { limit: number; cursor?: string | undefined; customerId?: string | undefined },
): Promise<{ items: OperatorChange[]; nextCursor: string | null }> {
  const { limit, customerId = null } = page
  const before = readCursor(page.cursor)
  const found: OperatorChange[] = []
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, customerId, limit + 1, before?.at ?? null, before?.id ?? null]
    found.push(...(await callRoutine<OperatorChange[]>(database, 'list_operator_changes', args)))
  }
  // A stable sort, so that the changes of a bucket stay in the database's order, which is exact to the microsecond.
  const newest = found.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  const items = newest.slice(0, limit)
  const last = newest.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor(last) : null }
}
