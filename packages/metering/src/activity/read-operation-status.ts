import { type CustomerId, operationId, type OperationKey } from '@tollgate/contract'
import { digest } from '../keys/digest.ts'
import type { OperationStatus } from '../operation-status.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'
import { readOperation } from '../store/read-operation.ts'

/** One operation by the key its caller minted; null when this customer never used the key, or it is forgotten. */
export async function readOperationStatus(
  database: MeteringDatabase,
  wanted: { customerId: CustomerId; key: OperationKey; procedure: string | null },
): Promise<OperationStatus | null> {
  const { customerId, key, procedure } = wanted
  const row = await readOperation(database, { customerId, keyHash: digest(key), procedure })
  if (!row) return null
  return {
    operationId: operationId(row.operationId),
    procedure: row.procedure,
    state: row.state,
    attempt: row.attempt,
    charges: row.charges,
    startedAt: new Date(row.startedAt).toISOString(),
    endedAt: row.endedAt === null ? null : new Date(row.endedAt).toISOString(),
  }
}
