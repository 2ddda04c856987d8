import { type CustomerId, operationId, type OperationKey } from '@tollgate/contract'
import { digest } from '../keys/digest.ts'
import { keyRangeOf, operationKeyOf } from '../keys/operation-key.ts'
import type { OperationStatus } from '../operation-status.ts'
import { callForCustomer } from '../store/call-routine.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'

/**
 * One operation by its caller's key, the newest if several procedures got the key; null when this customer never used it, or it was
 * purged.
 */
export async function readOperationStatus(
  database: MeteringDatabase,
  wanted: { customerId: CustomerId; key: OperationKey; procedure: string | null },
): Promise<OperationStatus | null> {
  const { customerId, procedure } = wanted
  const keyHash = digest(wanted.key)
  const key = procedure === null ? null : operationKeyOf({ customerId, keyHash, procedure })
  const { from, to } = key === null ? keyRangeOf({ customerId, keyHash }) : { from: key, to: key }
  const row = await callForCustomer<
    (Omit<OperationStatus, 'operationId'> & { operationId: string }) | null
  >(database, 'read_operation', [customerId, from, to])
  return (
    row && {
      operationId: operationId(row.operationId),
      procedure: row.procedure,
      state: row.state,
      attempt: row.attempt,
      charges: row.charges,
      startedAt: new Date(row.startedAt).toISOString(),
      endedAt: row.endedAt === null ? null : new Date(row.endedAt).toISOString(),
    }
  )
}
