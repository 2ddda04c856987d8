import type { CustomerId, OperationId } from '@tollgate/contract'
import type { KeptResult } from '../operation-status.ts'
import { parseStored } from '../operation/stored-result.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { readResult } from '../store/read-result.ts'

/** What an operation of this customer returned; null when there is none, or it has not been settled. */
export async function readKeptResult(
  database: MeteringDatabase,
  wanted: { customerId: CustomerId; operationId: OperationId },
): Promise<KeptResult | null> {
  const row = await readResult(database, wanted)
  if (row === null) return null
  return row.result === null ? { kept: false } : { kept: true, output: outputOf(row.result) }
}

/** A stream has chunks instead. */
function outputOf(result: string): unknown {
  const stored = parseStored(result)
  return 'chunks' in stored ? stored.chunks : stored.output
}
