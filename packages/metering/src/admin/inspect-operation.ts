import type { Database, Row } from '@tollgate/database'

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
  const rows = await database.query<{ operation: Row | null }>({
    text: 'select metering.inspect_operation($1) as operation',
    values: [operationId],
  })
  return rows[0]?.operation ?? null
}
