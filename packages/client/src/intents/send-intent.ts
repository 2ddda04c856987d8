import { isReceipt, isStream, StreamCutError } from '../billed-chunks.ts'
import { intent as callOptions } from '../operation-key.ts'
import type { TollgateCore } from '../tollgate-core.ts'
import type { Intent } from './intent.ts'

/** Sends a recorded intent under its own key. Collects a streamed answer into a list of chunks. */
export async function sendIntent(
  { untyped }: Pick<TollgateCore, 'untyped'>,
  { path, input, key }: Intent,
): Promise<unknown> {
  const answer: unknown = await untyped.mutation(path, input, callOptions(key))
  if (!isStream(answer)) return answer
  const chunks: unknown[] = []
  for await (const chunk of answer) chunks.push(chunk)
  if (!isReceipt(chunks.at(-1))) throw new StreamCutError(path)
  return chunks
}
