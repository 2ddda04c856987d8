import type { OperationId, Receipt } from '@tollgate/contract'
import { TRPCError } from '@trpc/server'
import { isAsyncIterable, middlewareMarker } from '@trpc/server/unstable-core-do-not-import'
import { crashPoint } from '../crash-point.ts'
import type { BilledCall, Metering, PlacedOperation, RunningOperation } from '../metering.ts'
import { toTrpcError } from './to-trpc-error.ts'

/** One billed procedure call inside tRPC: the call as metering knows it, and the rest of the procedure as `next`. */
export type BilledTrpcCall<Result extends NextResult> = {
  metering: Metering
  call: BilledCall
  /** Runs the rest of the procedure with the operation, usually `(operation) => next({ ctx: { operation } })`. */
  next: (operation: RunningOperation) => Promise<Result>
  /** Told once per answer, before it leaves; for streams without the receipt, which is the last chunk. Set headers here. */
  onAnswer?: (answer: BilledTrpcAnswer) => void
}

/** What response headers need. */
export type BilledTrpcAnswer = {
  operationId: OperationId
  receipt: Receipt | null
  replayed: boolean
  degraded: boolean
}

/**
 * The body of a tRPC middleware that bills. Knows two traps: `next()` does not throw, it returns `{ ok: false }`; and for an
 * async generator it returns before the body has run, so the iterable is wrapped and settled when it ends.
 *
 * @example
 * t.middleware(({ ctx, path, input, next, signal }) =>
 *   runBilledTrpc({
 *     metering, call: { customer: ctx.customer, procedure: path, key: ctx.key, input, charges, settle: 'hold', signal },
 *     next: (operation) => next({ ctx: { operation } }),
 *   }))
 */
export async function runBilledTrpc<Result extends NextResult>(
  options: BilledTrpcCall<Result>,
): Promise<Result | Success | Failure> {
  const { metering, call, onAnswer } = options
  try {
    const begun = await metering.place(call)
    if ('stored' in begun) {
      const { operationId, receipt, answer } = begun.stored
      onAnswer?.({ operationId, receipt, replayed: true, degraded: false })
      return success(answer.kind === 'output' ? answer.output : replay(answer.chunks, receipt))
    }
    return await finish(options, begun.placed)
  } catch (error) {
    throw toTrpcError(error)
  }
}

async function finish<Result extends NextResult>(
  { next, onAnswer }: BilledTrpcCall<Result>,
  placed: PlacedOperation,
): Promise<Result | Success | Failure> {
  const { operation, degraded } = placed
  let result: Result
  crashPoint('CP05-before-work')
  try {
    result = await next(operation)
  } catch (error) {
    await placed.release()
    throw error
  }
  if (!result.ok) {
    await placed.release()
    return pastDeadline(operation) ?? result
  }
  const answer = { operationId: operation.operationId, replayed: false, degraded }
  if (isAsyncIterable<unknown>(result.data)) {
    onAnswer?.({ ...answer, receipt: null })
    return success(placed.wrap(result.data))
  }
  const receipt = await placed.settle(result.data)
  onAnswer?.({ ...answer, receipt })
  return result
}

/** Work that fails after its deadline fails because of it, whatever it says itself. */
function pastDeadline({ signal }: RunningOperation): Failure | null {
  const reason: unknown = signal.reason
  if (!(reason instanceof DOMException) || reason.name !== 'TimeoutError') return null
  const error = new TRPCError({ code: 'GATEWAY_TIMEOUT', message: reason.message, cause: reason })
  return { ok: false, error, marker: middlewareMarker }
}

async function* replay(chunks: unknown[], receipt: Receipt): AsyncGenerator {
  yield* chunks
  yield { type: 'receipt', receipt }
}

function success(data: unknown): Success {
  return { ok: true, data, marker: middlewareMarker }
}

type Success = { ok: true; data: unknown; readonly marker: typeof middlewareMarker }
type Failure = { ok: false; error: TRPCError; readonly marker: typeof middlewareMarker }
type NextResult = Success | Failure
