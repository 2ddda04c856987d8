import type { Receipt } from '@tollgate/contract'
import type { TRPCError } from '@trpc/server'
import { middlewareMarker } from '@trpc/server/unstable-core-do-not-import'
import type { BilledCall, Metering, RunningOperation } from '../metering.ts'
import { MeteringError } from '../metering-error.ts'
import { toTrpcError } from './to-trpc-error.ts'

/** One billed procedure call inside tRPC. */
export type BilledTrpcCall<Result extends NextResult> = {
  metering: Metering
  /** With `collect` for a caller who reads no streams: tRPC answers it 415 to one, after the work. */
  call: BilledCall & { collect: boolean }
  /** Runs the rest of the procedure with the operation, usually `(operation) => next({ ctx: { operation } })`. */
  next: (operation: RunningOperation) => Promise<Result>
  /** Called once per answer, before it leaves; for streams without the receipt, which is the last chunk. Set headers here. */
  onAnswer?: (answer: BilledTrpcAnswer) => void
}

/** What response headers need. */
export type BilledTrpcAnswer = {
  operationId: string
  receipt: Receipt | null
  replayed: boolean
  degraded: boolean
}

/**
 * The body of a tRPC middleware that bills: makes work of `next()`, which does not throw but returns `{ ok: false }`.
 * @example
 * t.middleware(({ ctx, next }) =>
 *   runBilledTrpc({ metering, call: ctx.call, next: (operation) => next({ ctx: { operation } }) }))
 */
export async function runBilledTrpc<Result extends NextResult>({
  metering,
  call,
  next,
  onAnswer,
}: BilledTrpcCall<Result>): Promise<Result | Success> {
  try {
    const answer = await metering.run(call, async (operation) => {
      const result = await next(operation)
      if (!result.ok) throw result.error
      return result.data
    })
    if ('chunks' in answer) {
      const { chunks, operationId, replayed, degraded } = answer
      onAnswer?.({ operationId, receipt: null, replayed, degraded })
      return { ok: true, data: chunks, marker: middlewareMarker }
    }
    const { output, receipt, degraded } = answer
    const { operationId, replayed } = receipt
    onAnswer?.({ operationId, receipt, replayed, degraded })
    return { ok: true, data: output, marker: middlewareMarker }
  } catch (error) {
    throw error instanceof MeteringError ? toTrpcError(error) : error
  }
}

type Success = { ok: true; data: unknown; marker: typeof middlewareMarker }
type NextResult = { ok: true; data: unknown } | { ok: false; error: TRPCError }
