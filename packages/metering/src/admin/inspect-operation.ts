import type { Database, Row } from '@tollgate/database'
import { isUuid } from '../keys/is-uuid.ts'
import { findInBuckets } from '../store/call-routine.ts'

/**
 * Everything known about one operation, except its input and result; null when there is none.
 *
 * @example
 * const found = await inspectOperation(database, answer.headers.get('X-Operation-Id'))
 */
export async function inspectOperation(
  database: Database,
  operationId: string,
): Promise<Row | null> {
  if (!isUuid(operationId)) return null
  return findInBuckets<Row | null>(database, 'inspect_operation', [operationId], Boolean)
}
