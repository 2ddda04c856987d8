import { operationId, type Receipt, SPAN_ATTRIBUTES } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { inSpan, type OpenSpan, startSpan } from '../in-span.ts'
import type { BilledCall, RunningOperation } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import type { OperationRef } from '../store/batch-element.ts'
import type { Placed } from './place-operation.ts'
import { type Settlement, settleOperation } from './settle-operation.ts'
import { type Lease, startLease } from './start-lease.ts'
import { createUsage, type Usage } from './usage.ts'

/** A placed hold on its way to being settled or released; its lease is kept until then. */
export type Operation = {
  call: BilledCall
  ref: OperationRef
  /** What was held when it began. */
  holds: Readonly<Partial<Record<string, number>>>
  usage: Usage
  lease: Lease
  /** Of the work: ends when the operation is settled or released. */
  span: OpenSpan
  /** What the work is given. */
  running: RunningOperation
  settle(settlement: Settlement): Promise<Receipt>
  /** Releases the hold, nothing is charged; `why` is counted. */
  release(why?: unknown): Promise<void>
  /** Releases the hold and returns why the work failed. */
  fail(error: unknown): Promise<unknown>
}

/** Starts the lease of a placed hold. */
export function startOperation(
  context: MeteringContext,
  call: BilledCall,
  placed: Placed,
): Operation {
  const { procedure } = call
  const ref: OperationRef = {
    customerId: call.customer.customerId,
    operationId: placed.operationId,
    fence: placed.fence,
    meter: meterOf(call),
  }
  const deadlineMs = call.deadlineMs ?? context.policy.deadlineMs
  const lease = startLease({ heartbeat: context.heartbeat, call, ref, deadlineMs })
  const usage = createUsage(call)
  const wanted = Object.fromEntries(call.charges.map(({ meter, hold }) => [meter, hold]))
  const holds = { ...wanted, ...placed.holds }
  const attributes = {
    [SPAN_ATTRIBUTES.procedure]: procedure,
    [SPAN_ATTRIBUTES.operationId]: ref.operationId,
  }
  const span = startSpan('work', { attributes })

  async function release(why?: unknown): Promise<void> {
    lease.stop()
    const outcome = why instanceof MeteringError ? why.code : 'released'
    span.set(() => ({ [SPAN_ATTRIBUTES.outcome]: outcome }))
    span.end(why)
    await releaseHold(context, ref)
    context.emit({ kind: 'operation', procedure, outcome })
  }

  return {
    call,
    ref,
    holds,
    usage,
    lease,
    span,
    running: {
      operationId: operationId(ref.operationId),
      holds,
      signal: lease.signal,
      report: usage.report,
      correct: usage.correct,
    },
    async settle(settlement) {
      span.end()
      try {
        const receipt = await span.beside(() =>
          inSpan(
            'settle',
            (settling) =>
              settleTraced(context, { ref, procedure, lease, span: settling }, settlement),
            { attributes },
          ),
        )
        context.emit({ kind: 'operation', procedure, outcome: 'settled' })
        return receipt
      } catch (error) {
        emitFailure(context, procedure, error)
        throw error
      }
    },
    release,
    async fail(error) {
      const why = lease.failure(error) ?? error
      await release(why)
      return why
    },
  }
}

async function settleTraced(
  context: MeteringContext,
  operation: Pick<Operation, 'ref' | 'lease' | 'span'> & { procedure: string },
  settlement: Settlement,
): Promise<Receipt> {
  const { ref, span } = operation
  const receipt = await settleOperation(context, operation, settlement)
  span.set(() => ({
    [SPAN_ATTRIBUTES.meters]: receipt.charges.map(({ meter }) => meter),
    [SPAN_ATTRIBUTES.credits]: receipt.charges.map(({ amount }) => amount),
    [SPAN_ATTRIBUTES.outcome]: 'settled',
  }))
  context.settledTraces.remember(ref.operationId, span.context)
  return receipt
}

/** Counts with which code a call ended that was not answered; an error of another kind is not metering's to count. */
export function emitFailure({ emit }: MeteringContext, procedure: string, error: unknown): void {
  if (error instanceof MeteringError) emit({ kind: 'operation', procedure, outcome: error.code })
}

/** The meter by which the database finds what to lock; several meters are looked up. */
function meterOf({ charges }: BilledCall): OperationRef['meter'] {
  const [charge, ...further] = charges
  return charge && further.length === 0 ? charge.meter : null
}

/** A database that is away must not hide why the work failed; the lease expires by itself. */
async function releaseHold(context: MeteringContext, ref: OperationRef): Promise<void> {
  const { batched, logger, notifier } = context
  crashPoint('CP13-before-release')
  try {
    await retryIdempotent(context, () => batched.release(ref))
    crashPoint('CP15-after-release')
    notifier.changed(ref.customerId)
  } catch (error) {
    logger.warn(
      { error, operationId: ref.operationId },
      'operation: hold not released, it expires by itself',
    )
  }
}
