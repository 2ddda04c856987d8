import type { CustomerId, OperationId } from '@tollgate/contract'
import type { StoredResult } from '../operation-status.ts'
import { parseStored } from '../operation/stored-result.ts'
import { bucketOf, type MeteringDatabase } from '../store/metering-database.ts'

/**
 * What an operation of this customer returned, a stream's chunks as an array; null when there is no such operation, or it has not been
 * settled.
 */
export async function readStoredResult(
  database: MeteringDatabase,
  customerId: CustomerId,
  operationId: OperationId,
): Promise<StoredResult | null> {
  const [row] = await database.query<{ result: string | null }>({
    name: 'metering.read_result',
    text: 'select result from metering.read_result($1::smallint, $2, $3::uuid)',
    values: [bucketOf(database, customerId), customerId, operationId],
  })
  if (!row) return null
  if (row.result === null) return { kept: false }
  const stored = parseStored(row.result)
  return { kept: true, output: 'chunks' in stored ? stored.chunks : stored.output }
}
