import { operationId, type Receipt } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { BilledCall, RunningOperation } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'
import type { OperationRef } from '../store/batch-element.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { Placed } from './place-operation.ts'
import { recordOutcome } from './record-outcome.ts'
import { releaseOperation } from './release-operation.ts'
import { type Settlement, settleOperation } from './settle-operation.ts'
import { type Lease, startLease } from './start-lease.ts'
import { createUsage, type Usage } from './usage.ts'

/** A placed hold on its way to being settled or released; its lease is kept until then. */
export type Operation = {
  call: BilledCall
  ref: OperationRef
  usage: Usage
  lease: Lease
  /** What the work is given. */
  running: RunningOperation
  settle(settlement: Settlement): Promise<Receipt>
  /** Gives the hold back, nothing is charged; `why` is counted. */
  release(why?: unknown): Promise<void>
  /** Gives the hold back and answers why the work failed. */
  fail(error: unknown): Promise<unknown>
}

/** Starts the lease of a placed hold. */
export function startOperation(
  context: MeteringContext & { heartbeat: Heartbeat },
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

  async function release(why?: unknown): Promise<void> {
    lease.stop()
    await releaseOperation(context, ref)
    const outcome = why instanceof MeteringError ? why.code : 'released'
    context.emit({ kind: 'operation', procedure, outcome })
  }

  return {
    call,
    ref,
    usage,
    lease,
    running: {
      operationId: operationId(ref.operationId),
      signal: lease.signal,
      report: usage.report,
    },
    async settle(settlement) {
      try {
        const receipt = await settleOperation(context, { ref, procedure, lease }, settlement)
        context.emit({ kind: 'operation', procedure, outcome: 'settled' })
        return receipt
      } catch (error) {
        recordOutcome(context, procedure, error)
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

/** The meter by which the database finds what to lock; several meters are looked up. */
function meterOf({ charges }: BilledCall): OperationRef['meter'] {
  const [charge, ...further] = charges
  return charge && further.length === 0 ? charge.meter : null
}
