import type { Database, Row } from '@tollgate/database'
import { isUuid } from '../keys/is-uuid.ts'
import { callRoutine } from '../store/call-routine.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'

/**
 * Everything known of one operation, without its input and its result; null when there is none.
 *
 * @example
 * const found = await inspectOperation(database, answer.headers.get('X-Operation-Id'))
 */
export async function inspectOperation(
  database: Database,
  operationId: string,
): Promise<Row | null> {
  if (!isUuid(operationId)) return null
  for (const bucket of await readOwnedBuckets(database)) {
    const args = [bucket, operationId]
    const found = await callRoutine<Row | null>(database, 'inspect_operation', args)
    if (found) return found
  }
  return null
}
