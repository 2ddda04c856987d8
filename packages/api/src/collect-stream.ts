import type { Receipt, ReceiptChunk } from '@tollgate/contract'

/**
 * Reads a stream to its end, for callers that cannot: tRPC answers 415 to a stream in a plain request, after the work has
 * already begun. Anything but a stream is handed on.
 */
export async function collectStream(data: unknown): Promise<unknown> {
  if (!isAsyncIterable(data)) return data
  const chunks: unknown[] = []
  for await (const chunk of data) chunks.push(chunk)
  return chunks
}

/** Ends chunks that were charged as one answer with their receipt, in the form the caller reads. */
export function endWithReceipt(
  chunks: readonly unknown[],
  receipt: Receipt,
  acceptsStream: boolean,
): unknown {
  const last: ReceiptChunk = { type: 'receipt', receipt }
  const all = [...chunks, last]
  return acceptsStream ? iterate(all) : all
}

/** The receipt at the end of collected chunks, if there is one. */
export function receiptIn(data: unknown): Receipt | null {
  const last: unknown = Array.isArray(data) ? data.at(-1) : null
  return isReceiptChunk(last) ? last.receipt : null
}

/** Whether a function yields pieces instead of answering once. */
export function isGenerator(work: unknown): boolean {
  return work instanceof GeneratorFunction
}

const GeneratorFunction: FunctionConstructor = Object.getPrototypeOf(
  async function* () {},
).constructor

async function* iterate(chunks: readonly unknown[]): AsyncGenerator {
  yield* chunks
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function isReceiptChunk(chunk: unknown): chunk is ReceiptChunk {
  return (
    typeof chunk === 'object' &&
    chunk !== null &&
    'type' in chunk &&
    chunk.type === 'receipt' &&
    'receipt' in chunk
  )
}
