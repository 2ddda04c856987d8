import type { Database } from '@tollgate/database'
import type { OperationState } from '../metering.ts'

/**
 * Gives the hold of a running operation back, in credits of its meters, and fences its process off. Answers the state of one
 * that has ended already, or `unknown`.
 *
 * @example
 * await releaseHold(database, '6f2c…') // 'released'
 */
export async function releaseHold(
  database: Database,
  operationId: string,
): Promise<'released' | 'unknown' | OperationState> {
  const rows = await database.query<{ outcome: 'released' | 'unknown' | OperationState }>({
    text: 'select metering.force_release($1) as outcome',
    values: [operationId],
  })
  return rows[0]?.outcome ?? 'unknown'
}
