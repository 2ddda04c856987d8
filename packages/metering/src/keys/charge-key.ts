import type { BilledCall } from '../metering.ts'
import { costInvalid } from '../operation/faults.ts'
import { digest } from './digest.ts'
import { operationKeyOf } from './operation-key.ts'

/**
 * The 128 bits that identify a result to charge once; null for a call that is charged once per key. Never equal to those of a caller's
 * key. Throws `MeteringError` `COST_INVALID` for a result that has no id.
 */
export function chargeKeyOf(call: BilledCall, output: unknown): string | null {
  if (!call.resultId) return null
  const { procedure, customer } = call
  const id: unknown = call.resultId(output)
  if (!isId(id)) {
    throw costInvalid(
      procedure,
      `its result has the id ${String(id) || '""'}, not a text or a whole number`,
    )
  }
  const keyHash = `result:${digest(String(id))}`
  return operationKeyOf({ customerId: customer.customerId, procedure, keyHash })
}

function isId(id: unknown): id is string | number {
  return typeof id === 'string' ? id !== '' : Number.isSafeInteger(id)
}
