import type { StoredOutput } from '@tollgate/contract'

/** A stored result for its buyer: presented like the original response, a stream as its text so far. */
export function presentResult(
  stored: StoredOutput,
  options: { operationId: string; present: (output: unknown, operationId: string) => unknown },
): StoredOutput {
  const { output, streamed, complete } = stored
  const whole = streamed && Array.isArray(output) ? joinChunks(output) : output
  return { output: options.present(whole, options.operationId), streamed, complete }
}

/** The chunks' text joined, with their other fields ("title"); chunks without any text unchanged. */
function joinChunks(chunks: readonly unknown[]): unknown {
  if (chunks.every((chunk) => typeof chunk === 'string')) return { text: chunks.join('') }
  if (!chunks.every(isRecord) || !chunks.some(hasText)) return chunks
  const said = chunks.map(({ type: _type, text: _text, ...fields }) => fields)
  const text = chunks.map((chunk) => (hasText(chunk) ? chunk.text : '')).join('')
  return Object.assign({}, ...said, { text })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasText(chunk: object): chunk is { text: string } {
  return 'text' in chunk && typeof chunk.text === 'string'
}
