import type { Receipt } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import type { ProviderCost } from '../provider-cost.ts'
import type { OperationRef, SettleElement, SettleResult } from '../store/batch-element.ts'
import { holdExpired, outcomeUnknown } from './refusals.ts'
import type { Lease } from './start-lease.ts'
import { toReceipt } from './stored-result.ts'
import type { Amounts } from './usage.ts'

/** How one operation ended. */
export type Settlement = {
  amounts: Amounts
  /** False when a stream ended early. */
  complete: boolean
  /** The result as JSON; null when it is not stored. */
  result: string | null
  /** `chargeKeyOf` the result; null when it is charged once per key. */
  chargeKey: string | null
  /** What the rest would have cost, for a stream that ended because the credits ran out. */
  more?: { meter: string; amount: number } | null
  /** The provider costs of its work. */
  costs?: readonly ProviderCost[]
}

/**
 * Charges an operation and stores its result, in one transaction. No byte of a billed result may be sent before this returns. Throws
 * `MeteringError`: `hold_expired` (nothing charged), `outcome_unknown`.
 */
export async function settleOperation(
  context: MeteringContext,
  { ref, procedure, lease }: { ref: OperationRef; procedure: string; lease: Lease },
  { amounts, complete, result, chargeKey, more = null, costs = [] }: Settlement,
): Promise<Receipt> {
  crashPoint('CP07-after-work')
  const { customerId, operationId, fence, meter } = ref
  const { resultKeptMs, retryAfterMs } = context.policy
  const element: SettleElement = {
    customerId,
    operationId,
    fence,
    meter,
    amounts,
    result,
    resultKeptMs,
    ...(chargeKey === null ? {} : { chargeKey }),
    ...(costs.length === 0 ? {} : { costs }),
  }
  let answer: SettleResult
  try {
    answer = await retryIdempotent(context, () => context.batched.settle(element))
  } catch (error) {
    throw outcomeUnknown(retryAfterMs, error)
  } finally {
    lease.stop()
  }
  crashPoint('CP10-after-settle')
  if (answer.outcome !== 'settled') throw holdExpired()
  context.notifier.changed(customerId)
  if (answer.overrun > 0) {
    const { overrun } = answer
    context.emit({ kind: 'overrun', procedure, credits: overrun })
    context.logger.warn(
      { operationId, procedure, overrun },
      'operation: used more than its hold, and the balance does not cover the rest',
    )
  }
  return toReceipt(answer, { operationId, replayed: false, complete, more })
}
