import { operationId, type Receipt, SPAN_ATTRIBUTES } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { inSpan, type OpenSpan, startSpan } from '../in-span.ts'
import type { BilledCall, RunningOperation } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'
import type { ProviderCost } from '../provider-cost.ts'
import { callForCustomer } from '../store/call-routine.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import type { OperationRef } from '../store/batch-element.ts'
import type { Placed } from './place-operation.ts'
import { createProviderCosts } from './provider-costs.ts'
import { type Settlement, settleOperation } from './settle-operation.ts'
import { type Lease, startLease } from './start-lease.ts'
import { createUsage, type Usage } from './usage.ts'

/** A placed hold whose lease is renewed until it is settled or released. */
export type Operation = {
  call: BilledCall
  ref: OperationRef
  /** What was held at the start. */
  holds: Readonly<Partial<Record<string, number>>>
  usage: Usage
  lease: Lease
  /** The span of the work; ends when the operation is settled or released. */
  span: OpenSpan
  /** The argument of the work. */
  running: RunningOperation
  settle(settlement: Settlement): Promise<Receipt>
  /** Releases the hold without a charge; `why` is counted. */
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
  const startedAt = context.clock.now().getTime()
  const deadlineMs = call.deadlineMs ?? context.policy.deadlineMs
  const lease = startLease({ heartbeat: context.heartbeat, call, ref, deadlineMs })
  const usage = createUsage(call)
  const wanted = Object.fromEntries(call.charges.map(({ meter, hold }) => [meter, hold]))
  const holds = { ...wanted, ...placed.holds }
  const costs = createProviderCosts(call.cost, (late) => void correctCosts(context, ref, late))
  const span = startSpan('work', { attributes: attributesOf(call, ref) })

  async function release(why?: unknown): Promise<void> {
    lease.stop()
    const outcome = why instanceof MeteringError ? why.code : 'released'
    span.set(() => ({ [SPAN_ATTRIBUTES.outcome]: outcome }))
    span.end(why)
    await releaseHold(context, ref, costs.close(null))
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
      reportCost: costs.report,
    },
    settle(given) {
      span.end()
      const settlement = { ...given, costs: costs.close({ ...holds, ...given.amounts }) }
      const settled = { ref, lease, call, startedAt }
      return span.beside(() => settleTraced(context, settled, settlement))
    },
    release,
    async fail(error) {
      const why = lease.failure(error) ?? error
      await release(why)
      return why
    },
  }
}

type Settled = Pick<Operation, 'ref' | 'lease' | 'call'> & {
  /** When its hold was placed, in epoch milliseconds. */
  startedAt: number
}

/** Settles in a span, and counts how the call ended. */
async function settleTraced(
  context: MeteringContext,
  { ref, lease, call, startedAt }: Settled,
  settlement: Settlement,
): Promise<Receipt> {
  const { procedure } = call
  try {
    const receipt = await inSpan(
      'settle',
      async (span) => {
        const settled = await settleOperation(context, { ref, procedure, lease }, settlement)
        span.set(() => ({
          [SPAN_ATTRIBUTES.meters]: settled.charges.map(({ meter }) => meter),
          [SPAN_ATTRIBUTES.credits]: settled.charges.map(({ amount }) => amount),
          [SPAN_ATTRIBUTES.outcome]: 'settled',
        }))
        context.settledTraces.remember(ref.operationId, span.context)
        return settled
      },
      { attributes: attributesOf(call, ref) },
    )
    const milliseconds = context.clock.now().getTime() - startedAt
    context.emit({ kind: 'operation', procedure, outcome: 'settled', milliseconds })
    return receipt
  } catch (error) {
    emitFailure(context, procedure, error)
    throw error
  }
}

function attributesOf({ procedure }: BilledCall, { operationId: id }: OperationRef) {
  return { [SPAN_ATTRIBUTES.procedure]: procedure, [SPAN_ATTRIBUTES.operationId]: id }
}

/** Emits the code with which a call failed; metering does not count other kinds of error. */
export function emitFailure({ emit }: MeteringContext, procedure: string, error: unknown): void {
  if (error instanceof MeteringError) emit({ kind: 'operation', procedure, outcome: error.code })
}

/** The meter whose account the database locks; with several meters it looks them up. */
function meterOf({ charges }: BilledCall): OperationRef['meter'] {
  const [charge, ...further] = charges
  return charge && further.length === 0 ? charge.meter : null
}

/** An unavailable database must not hide why the work failed; the lease expires anyway. */
async function releaseHold(
  context: MeteringContext,
  ref: OperationRef,
  costs: readonly ProviderCost[],
): Promise<void> {
  const { batched, logger, notifier } = context
  const element = costs.length === 0 ? ref : { ...ref, costs }
  crashPoint('CP13-before-release')
  try {
    await retryIdempotent(context, () => batched.release(element))
    crashPoint('CP15-after-release')
    notifier.changed(ref.customerId)
  } catch (error) {
    logger.warn(
      { error, operationId: ref.operationId },
      'operation: hold not released, it expires by itself',
    )
  }
}

/** Replaces the estimate with what a provider reported after the operation ended; charges nothing. */
async function correctCosts(
  context: MeteringContext,
  { customerId, operationId: id, fence }: OperationRef,
  costs: readonly ProviderCost[],
): Promise<void> {
  const { database, logger } = context
  const args = [customerId, id, fence, JSON.stringify(costs)] as const
  try {
    await retryIdempotent(context, () => callForCustomer(database, 'correct_provider_costs', args))
  } catch (error) {
    logger.warn(
      { error, operationId: id },
      'operation: cost not corrected, the estimate of it stays',
    )
  }
}
