import { type MeterSlug, operationId } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { BilledCall, PlacedOperation, RunningOperation } from '../metering.ts'
import type { OperationRef } from '../store/release-operations.ts'
import { deliverStream } from './deliver-stream.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { Placed } from './place-operation.ts'
import { holdExpired } from './refusals.ts'
import { releaseOperation } from './release-operation.ts'
import { settleOperation } from './settle-operation.ts'
import { storeOutput } from './stored-answer.ts'
import { tellEnd } from './tell-end.ts'
import { createUsage } from './usage.ts'

/** Makes of a placed hold an operation that can be worked on, settled or released. Its lease is kept until then. */
export function runOperation(
  context: MeteringContext & { heartbeat: Heartbeat },
  call: BilledCall,
  placed: Placed,
): PlacedOperation {
  const ref: OperationRef = {
    customerId: call.customer.customerId,
    operationId: placed.operationId,
    fence: placed.fence,
  }
  const ended = new AbortController()
  const stopBeating = context.heartbeat.keep(ref, () => ended.abort(holdExpired()))
  const deadlineMs = call.deadlineMs ?? context.policy.deadlineMs
  const timer = setTimeout(
    () => ended.abort(pastDeadline(call.procedure, deadlineMs)),
    deadlineMs,
  ).unref()
  const letGo = () => {
    clearTimeout(timer)
    stopBeating()
  }
  const usage = createUsage(call)
  const operation: RunningOperation = {
    operationId: operationId(ref.operationId),
    signal: call.signal ? AbortSignal.any([ended.signal, call.signal]) : ended.signal,
    report: usage.report,
  }
  const { procedure } = call
  const release = async () => {
    letGo()
    await releaseOperation(context, ref)
    context.tell({ kind: 'operation', procedure, outcome: 'released' })
  }
  const settle = async (
    result: () => string | null,
    amounts: Partial<Record<MeterSlug, number>>,
    complete: boolean,
  ) => {
    try {
      const settlement = { ref, call, amounts, complete, result, letGo }
      const receipt = await settleOperation(context, settlement)
      context.tell({ kind: 'operation', procedure, outcome: 'settled' })
      return receipt
    } catch (error) {
      tellEnd(context, procedure, error)
      throw error
    }
  }
  const parts = { context, call, signal: operation.signal, ref, usage, settle, release }
  return {
    operation,
    degraded: placed.degraded,
    release,
    settle: (output) => settle(() => storeOutput(output), usage.charged(), true),
    wrap: (chunks) =>
      releaseUnlessStarted(deliverStream(parts, chunks), {
        signal: operation.signal,
        release,
      }),
  }
}

/** A stream that nobody begins to read would keep its hold until the deadline. */
function releaseUnlessStarted<Chunk>(
  stream: AsyncIterable<Chunk>,
  { signal, release }: { signal: AbortSignal; release: () => Promise<void> },
): AsyncIterable<Chunk> {
  let started = false
  const onAbort = () => void (started || release())
  signal.addEventListener('abort', onAbort, { once: true })
  return {
    [Symbol.asyncIterator]() {
      started = true
      signal.removeEventListener('abort', onAbort)
      return stream[Symbol.asyncIterator]()
    },
  }
}

function pastDeadline(procedure: string, deadlineMs: number): DOMException {
  return new DOMException(`${procedure} did not end within ${deadlineMs} ms.`, 'TimeoutError')
}
