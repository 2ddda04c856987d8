import type { ReceiptChunk } from '@tollgate/contract'

/** A stream ended without its receipt, so it is not known whether it was charged. */
export class StreamCutError extends Error {
  override readonly name = 'StreamCutError'
  readonly code = 'STREAM_CUT'

  constructor(path: string) {
    super(`${path} ended without a receipt; query billing.operation for its state.`)
  }
}

/** Whether an answer is a stream. */
export function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
}

/** Whether a chunk is the receipt, the last chunk of every complete stream. */
export function isReceipt(chunk: unknown): chunk is ReceiptChunk {
  return typeof chunk === 'object' && chunk !== null && 'type' in chunk && chunk.type === 'receipt'
}
