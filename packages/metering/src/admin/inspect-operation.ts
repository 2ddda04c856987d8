import type { Database, Row } from '@tollgate/database'
import { isUuid } from '../keys/is-uuid.ts'
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
    const rows = await database.query<{ operation: Row | null }>({
      text: 'select metering.inspect_operation($1::smallint, $2::uuid) as operation',
      values: [bucket, operationId],
    })
    if (rows[0]?.operation) return rows[0].operation
  }
  return null
}
