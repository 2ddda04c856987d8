/**
 * Reads a stream that costs nothing to its end, for callers that cannot: tRPC answers 415 to a stream in a plain request,
 * after the work has already begun. Anything but a stream is handed on; a billed one is collected by metering.
 */
export async function collectStream(data: unknown): Promise<unknown> {
  if (!isAsyncIterable(data)) return data
  const chunks: unknown[] = []
  for await (const chunk of data) chunks.push(chunk)
  return chunks
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
