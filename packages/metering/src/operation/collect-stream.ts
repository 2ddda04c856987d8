import type { Receipt, ReceiptChunk } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { resultTooLarge } from './faults.ts'
import { firstPieceRefusal } from './place-refusal.ts'
import type { Operation } from './start-operation.ts'
import type { Shortfall } from './stream-hold.ts'
import { createStreamPieces } from './stream-pieces.ts'
import { untilAborted } from './until-aborted.ts'

/**
 * Collects a stream for a caller who gets it in one piece, at the price of a streamed one: it stops cleanly when the credits run out.
 * Nothing is delivered before the end, so a stream that fails, is cut short or is too large to store is not charged.
 */
export async function collectStream<Chunk>(
  context: MeteringContext,
  operation: Operation,
  source: AsyncIterable<Chunk>,
): Promise<{ output: (Chunk | ReceiptChunk)[]; receipt: Receipt }> {
  const pieces = createStreamPieces(context, operation)
  const output: (Chunk | ReceiptChunk)[] = []
  let short: Shortfall | null = null
  try {
    const traced = operation.span.read(source)
    for await (const chunk of untilAborted(traced, operation.lease.signal)) {
      short = await pieces.take(chunk)
      if (short) break
      if (pieces.keptBytes() === null) {
        throw resultTooLarge(operation.call.procedure, context.policy.resultBytesMax)
      }
      output.push(chunk)
    }
  } catch (error) {
    throw await operation.fail(error)
  }
  if (operation.lease.cut()) throw await operation.fail(null)
  if (short && output.length === 0) {
    await operation.release()
    throw await firstPieceRefusal(context, operation.call, short)
  }
  const receipt = await pieces.settle(short === null, short)
  output.push({ type: 'receipt', receipt })
  return { output, receipt }
}
