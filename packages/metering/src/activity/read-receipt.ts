import type { CustomerId, OperationId, OperationReceipt } from '@tollgate/contract'
import type { Codec } from '../codec.ts'
import { readOutput } from '../operation/stored-result.ts'
import { parseSubjects } from '../operation/subject-text.ts'
import { callForCustomer } from '../store/call-routine.ts'
import type { MeteringDatabase } from '../store/metering-database.ts'

/** One operation of this customer by its id; null when the customer has no such operation. */
export async function readReceipt(
  database: MeteringDatabase,
  customerId: CustomerId,
  { operationId, codec }: { operationId: OperationId; codec: Codec | null },
): Promise<OperationReceipt | null> {
  const row = await callForCustomer<ReceiptRow | null>(database, 'read_receipt', [
    customerId,
    operationId,
  ])
  if (!row) return null
  const { keptUntil, result, startedAt, heldAt, endedAt, subjects, ...said } = row
  const stored = result === null ? null : readOutput(result, codec)
  return {
    ...said,
    startedAt: toIso(startedAt),
    heldAt: toIso(heldAt),
    endedAt: endedAt && toIso(endedAt),
    subjects: parseSubjects(subjects),
    result: stored && keptUntil ? { ...stored, keptUntil: toIso(keptUntil) } : null,
  }
}

type ReceiptRow = Omit<OperationReceipt, 'result' | 'subjects'> & {
  subjects: string | null
  keptUntil: string | null
  result: string | null
}

function toIso(instant: string): string {
  return new Date(instant).toISOString()
}
