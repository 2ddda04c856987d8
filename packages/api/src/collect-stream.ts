import type { ReceiptChunk } from '@tollgate/contract'
import { note } from './answers.ts'
import type { Context } from './context.ts'

/**
 * Reads a stream to its end for a caller that cannot: tRPC answers 415 to a stream in a plain request, after the work
 * has already begun. Anything but a stream is handed on.
 */
export async function collectStream(
  { answers }: Pick<Context, 'answers'>,
  batchIndex: number,
  data: unknown,
): Promise<unknown> {
  if (!isAsyncIterable(data)) return data
  const chunks: unknown[] = []
  for await (const chunk of data) chunks.push(chunk)
  const last = chunks.at(-1)
  if (isReceiptChunk(last)) note(answers, batchIndex, { receipt: last.receipt })
  return chunks
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
