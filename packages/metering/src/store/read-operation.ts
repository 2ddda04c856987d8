import type { MeterSlug } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { OperationState } from '../metering.ts'

/** One operation, for the customer who made it and for the operator. */
export type OperationRow = {
  operationId: string
  procedure: string
  state: OperationState
  attempt: number
  fence: number
  crashes: number
  late: boolean
  degraded: boolean
  leaseUntil: string
  startedAt: string
  endedAt: string | null
  charges: { meter: MeterSlug; held: number; charged: number }[]
}

/** Finds an operation by the digest of its key; the newest when several procedures saw the key. */
export async function readOperation(
  database: Database,
  wanted: { customerId: string; keyHash: string; procedure: string | null },
): Promise<OperationRow | null> {
  const rows = await database.query<{ operation: OperationRow }>({
    name: 'metering.read_operation',
    text: 'select metering.read_operation($1, $2, $3) as operation',
    values: [wanted.customerId, wanted.keyHash, wanted.procedure],
  })
  return rows[0]?.operation ?? null
}
