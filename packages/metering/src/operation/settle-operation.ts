import type { MeterSlug, Receipt } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import type { BilledCall } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'
import { askUntilKnown } from '../store/ask-until-known.ts'
import type { OperationRef } from '../store/release-operations.ts'
import type { SettleAnswer } from '../store/settle-operations.ts'
import { holdExpired, outcomeUnknown } from './refusals.ts'
import { releaseOperation } from './release-operation.ts'
import { toReceipt } from './stored-answer.ts'

/** What one settlement needs. */
export type Settlement = {
  ref: OperationRef
  call: BilledCall
  amounts: Partial<Record<MeterSlug, number>>
  /** False when a stream ended early. */
  complete: boolean
  /** The answer as JSON; null when it is not kept. */
  result: () => string | null
  /** Stops the heartbeat. */
  letGo: () => void
}

/**
 * Charges an operation and stores its answer, in one transaction. No byte of a billed result may leave before this returns.
 * Throws `MeteringError`: `RESULT_TOO_LARGE` (nothing charged), `hold_expired` (nothing charged), `outcome_unknown`.
 */
export async function settleOperation(
  context: MeteringContext,
  settlement: Settlement,
): Promise<Receipt> {
  const { ref, call, complete, amounts } = settlement
  crashPoint('CP07-after-work')
  const result = await readResult(context, settlement)
  const element = { ...ref, amounts, result, resultKeptMs: context.policy.resultKeptMs }
  let answer: SettleAnswer
  try {
    answer = await askUntilKnown(context, () => context.gathered.settle(element))
  } catch (error) {
    throw outcomeUnknown(context.policy.retryAfterMs, error)
  } finally {
    settlement.letGo()
  }
  crashPoint('CP10-after-settle')
  if (answer.outcome !== 'settled') throw holdExpired()
  context.announcer.changed(ref.customerId)
  if (answer.overrun > 0) {
    const { operationId } = ref
    const { procedure } = call
    context.tell({ kind: 'overrun', procedure, credits: answer.overrun })
    context.logger.warn(
      { operationId, procedure, overrun: answer.overrun },
      'metering: the work used more than was held and the funds for the rest were not there',
    )
  }
  return toReceipt(answer, { operationId: ref.operationId, replayed: false, complete })
}

async function readResult(
  context: MeteringContext,
  settlement: Settlement,
): Promise<string | null> {
  const { ref, call } = settlement
  const { resultBytesMax } = context.policy
  let cause: unknown
  try {
    const result = settlement.result()
    if (result === null || Buffer.byteLength(result) <= resultBytesMax) return result
  } catch (error) {
    cause = error
  }
  settlement.letGo()
  await releaseOperation(context, ref)
  throw new MeteringError(
    {
      code: 'RESULT_TOO_LARGE',
      message:
        `The result of ${call.procedure} cannot be kept for replay: ${cause ? 'it is not JSON' : `it has more than ${resultBytesMax} bytes`}. ` +
        'Nothing was charged. Store it elsewhere and return a reference.',
    },
    { cause },
  )
}
