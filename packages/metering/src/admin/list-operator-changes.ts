import type { Database } from '@tollgate/database'
import { readCursor, writeCursor } from '../activity/page-cursor.ts'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'
import type { ChangeAuthor } from './change-author.ts'

/** One thing that an operator changed; `before` and `after` are what was changed, as operators see it. */
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

/** One page of what operators changed, newest first, of one customer or of all. */
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
  // A stable sort, so that those of one bucket stay in the order of the database, which counts microseconds.
  const newest = found.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  const items = newest.slice(0, limit)
  const last = newest.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor(last) : null }
}
