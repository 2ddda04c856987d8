import { keyRangeOf, operationKeyOf } from '../keys/operation-key.ts'
import type { OperationState } from '../operation-status.ts'
import { callRoutine } from './call-routine.ts'
import { bucketOf, type MeteringDatabase } from './metering-database.ts'

/** One operation, for the customer who made it and for the operator. */
export type OperationRow = {
  operationId: string
  procedure: string
  state: OperationState
  attempt: number
  fence: number
  crashes: number
  late: boolean
  leaseUntil: string
  startedAt: string
  endedAt: string | null
  charges: { meter: string; held: number; charged: number }[]
}

/** Finds an operation by the digest of its key; the newest when several procedures saw the key. */
export async function readOperation(
  database: MeteringDatabase,
  wanted: { customerId: string; keyHash: string; procedure: string | null },
): Promise<OperationRow | null> {
  const { customerId, keyHash, procedure } = wanted
  const key = procedure === null ? null : operationKeyOf({ customerId, keyHash, procedure })
  const { from, to } = key === null ? keyRangeOf(wanted) : { from: key, to: key }
  const bucket = bucketOf(database, customerId)
  return callRoutine(database, 'read_operation', [bucket, customerId, from, to])
}
