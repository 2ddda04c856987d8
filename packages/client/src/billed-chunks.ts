import type { ReceiptChunk } from '@tollgate/contract'

/** A stream ended without its receipt, so whether it was charged is not known yet. */
export class StreamCutError extends Error {
  override readonly name = 'StreamCutError'
  readonly code = 'STREAM_CUT'

  constructor(path: string) {
    super(`${path} ended without a receipt; query billing.operation for its state.`)
  }
}

/** Whether an answer comes piece by piece. */
export function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
}

/** Whether a chunk is the receipt, with which every complete stream ends. */
export function isReceipt(chunk: unknown): chunk is ReceiptChunk {
  return typeof chunk === 'object' && chunk !== null && 'type' in chunk && chunk.type === 'receipt'
}
