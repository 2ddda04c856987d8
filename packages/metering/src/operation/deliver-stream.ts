import type { MeterSlug, Receipt, ReceiptChunk } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import type { BilledCall } from '../metering.ts'
import type { OperationRef } from '../store/release-operations.ts'
import { storeChunks } from './stored-answer.ts'
import { createStreamHold } from './stream-hold.ts'
import type { Usage } from './usage.ts'

/** What a stream needs of its operation. */
export type StreamParts = {
  context: MeteringContext
  call: BilledCall
  /** The one that the work was given. */
  signal: AbortSignal
  ref: OperationRef
  usage: Usage
  settle: (result: () => string | null, amounts: Amounts, complete: boolean) => Promise<Receipt>
  release: () => Promise<void>
}

type Amounts = Partial<Record<MeterSlug, number>>

/**
 * Hands chunks on and charges what was handed on, whatever ends the stream: its end, an error, an abort, or the end of the
 * funds, at which it stops cleanly. A stream that ended before its first chunk costs nothing. The receipt comes last.
 */
export async function* deliverStream<Chunk>(
  parts: StreamParts,
  source: AsyncIterable<Chunk>,
): AsyncGenerator<Chunk | ReceiptChunk> {
  const { context, signal, usage, settle, release } = parts
  const hold = createStreamHold(parts)
  const sent: Chunk[] = []
  let amounts: Amounts = {}
  let ending: 'aborted' | 'failed' | 'short' | 'complete' = 'aborted'
  let receipt: Receipt | null = null
  try {
    ending = 'failed'
    for await (const chunk of source) {
      const now = usage.charged()
      if (!(await hold.covers(now))) {
        ending = 'short'
        break
      }
      // Counted before it leaves: who has a chunk in hand could otherwise hang up and have it for nothing.
      amounts = now
      sent.push(chunk)
      ending = 'aborted'
      yield chunk
      ending = 'failed'
      crashPoint('CP21-chunk-before-watermark')
      await hold.mark(amounts)
    }
    // Work that sees the signal and returns ends like a whole answer, and is none.
    if (ending !== 'short' && signal.aborted) ending = 'aborted'
    else if (ending !== 'short') {
      ending = 'complete'
      amounts = usage.charged()
    }
  } finally {
    const complete = ending === 'complete'
    if (sent.length === 0 && !complete) await release()
    else {
      receipt = await settle(() => resultOf(context, sent, complete), amounts, complete).catch(
        (error: unknown) => {
          if (ending === 'complete' || ending === 'short') throw error
          // What ended the stream is the better story; the sweeper charges what was marked.
          context.logger.warn(
            { error, operationId: parts.ref.operationId },
            'metering: an ended stream was not settled',
          )
          return null
        },
      )
    }
  }
  if (receipt) yield { type: 'receipt', receipt }
}

/** What was handed on is charged even when it is too large to be kept; the key then answers that the result is gone. */
function resultOf(
  context: MeteringContext,
  sent: readonly unknown[],
  complete: boolean,
): string | null {
  const result = storeChunks(sent, complete)
  return Buffer.byteLength(result) <= context.policy.resultBytesMax ? result : null
}
