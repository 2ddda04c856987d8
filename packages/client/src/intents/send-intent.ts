import { intent as callOptions } from '../operation-key.ts'
import type { TollgateCore } from '../tollgate-core.ts'
import type { Intent } from './intent.ts'
import { type OperationState, readOperation } from './read-operation.ts'

/** A replayed stream ended without its receipt, so its outcome is as unknown as before. */
class ReplayCutError extends Error {
  override readonly name = 'ReplayCutError'
  readonly code = 'REPLAY_CUT'
}

/** Sends a recorded intent under its own key. A streamed answer is collected into the list of its chunks. */
export async function sendIntent(
  { untyped }: Pick<TollgateCore, 'untyped'>,
  { path, input, key }: Intent,
): Promise<unknown> {
  const answer: unknown = await untyped.mutation(path, input, callOptions(key))
  return isIterable(answer) ? collect(answer) : answer
}

/** Asks what became of an intent's operation; never throws, because not knowing is an answer too. */
export async function lookUp(
  tollgate: Pick<TollgateCore, 'untyped'>,
  { key }: Intent,
): Promise<OperationState | 'unheard' | 'unreachable'> {
  try {
    return (await readOperation(tollgate, key))?.state ?? 'unheard'
  } catch {
    return 'unreachable'
  }
}

async function collect(chunks: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = []
  for await (const chunk of chunks) collected.push(chunk)
  const last = collected.at(-1)
  const isWhole =
    typeof last === 'object' && last !== null && 'type' in last && last.type === 'receipt'
  if (!isWhole) throw new ReplayCutError('The stream ended without a receipt.')
  return collected
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
