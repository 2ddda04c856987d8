import type { CustomerId, OperationReceipt, SignReceipt } from '@tollgate/contract'

/** The signed receipt of a settled operation; null for any other. */
export function signOperation(
  { state, endedAt, operationId, procedure, charges, chargedBy, subjects }: OperationReceipt,
  { customerId, signReceipt }: { customerId: CustomerId; signReceipt: SignReceipt },
): string | null {
  if (state !== 'settled' || endedAt === null) return null
  return signReceipt({
    customerId,
    operationId,
    procedure,
    charges: charges.map(({ meter, charged }) => ({ meter, amount: charged })),
    chargedBy,
    subjects,
    at: endedAt,
  })
}
