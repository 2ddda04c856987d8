import { type Receipt, type ReceiptChunk, SPAN_ATTRIBUTES } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import { startSpan } from '../in-span.ts'
import { firstPieceRefusal } from './place-refusal.ts'
import type { Operation } from './start-operation.ts'
import type { Shortfall } from './stream-hold.ts'
import { createStreamPieces } from './stream-pieces.ts'
import { untilAborted } from './until-aborted.ts'

/**
 * Delivers chunks and charges for what was delivered, whatever ends the stream: completion, an error, an abort, the deadline, or
 * insufficient credits; in the last two cases it ends cleanly. A stream that ends before its first chunk costs nothing. The receipt comes
 * last.
 */
export function deliverStream<Chunk>(
  context: MeteringContext,
  operation: Operation,
  source: AsyncIterable<Chunk>,
): AsyncIterable<Chunk | ReceiptChunk> {
  const { signal } = operation.lease
  let isRead = false
  // A stream that is never read would keep its hold until the deadline.
  const onAbort = () => void (isRead || operation.release(operation.lease.failure(null)))
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  return {
    [Symbol.asyncIterator]() {
      isRead = true
      signal.removeEventListener('abort', onAbort)
      return deliver(context, operation, source)
    },
  }
}

async function* deliver<Chunk>(
  context: MeteringContext,
  operation: Operation,
  source: AsyncIterable<Chunk>,
): AsyncGenerator<Chunk | ReceiptChunk> {
  const pieces = createStreamPieces(context, operation)
  let ending: 'left' | 'failed' | 'cut' | 'short' | 'complete' = 'failed'
  let short: Shortfall | null = null
  let receipt: Receipt | null = null
  try {
    const traced = operation.span.read(source)
    for await (const chunk of untilAborted(traced, operation.lease.signal)) {
      // Counted before delivery: otherwise a reader could take a chunk, disconnect, and have it for free.
      short = await pieces.take(chunk)
      if (short) break
      ending = 'left'
      yield chunk
      ending = 'failed'
      crashPoint('CP21-chunk-before-watermark')
      await pieces.mark()
    }
    if (operation.lease.cut()) ending = 'cut'
    else ending = short ? 'short' : 'complete'
  } catch (error) {
    // Work that throws because it was cut short is handled like work that returns.
    if (!operation.lease.cut()) throw error
    ending = 'cut'
  } finally {
    receipt = await end()
  }
  if (receipt) {
    const answer = operation.span.beside(() =>
      startSpan('answer', {
        attributes: { [SPAN_ATTRIBUTES.operationId]: operation.ref.operationId },
      }),
    )
    try {
      yield { type: 'receipt', receipt }
    } finally {
      answer.end()
    }
  } else if (short) throw await firstPieceRefusal(context, operation.call, short)
  else if (operation.lease.cut() !== 'caller') throw operation.lease.failure(null)

  async function end(): Promise<Receipt | null> {
    if (pieces.count() === 0 && ending !== 'complete') {
      await operation.release(ending === 'cut' ? operation.lease.failure(null) : null)
      return null
    }
    try {
      return await pieces.settle(ending === 'complete', short)
    } catch (error) {
      const isCut = ending === 'cut' && operation.lease.cut() === 'deadline'
      if (isCut || ending === 'complete' || ending === 'short') throw error
      // The error that ended the stream matters more than this one; the sweeper charges what was marked.
      context.logger.warn(
        { error, operationId: operation.ref.operationId },
        'stream: not settled after its end, the sweeper charges what was delivered',
      )
      return null
    }
  }
}
