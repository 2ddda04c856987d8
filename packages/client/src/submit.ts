import type { OperationKey, Receipt } from '@tollgate/contract'
import { intent } from './operation-key.ts'
import type { TollgateCore } from './tollgate-core.ts'

/** The outcome of a submitted call. */
export type Submitted<Output> = { output: Output; key: OperationKey; receipt: Receipt | null }

/** Records an intent, sends it, and removes it once its outcome is proven. */
export async function submit(
  { untyped, intents, receiptOf }: TollgateCore,
  call: { path: string; input: unknown; signal?: AbortSignal },
): Promise<Submitted<unknown>> {
  const { path, input, signal } = call
  const key = intents.keyFor(path, input)
  try {
    const output: unknown = await untyped.mutation(path, input, {
      ...intent(key),
      ...(signal ? { signal } : {}),
    })
    intents.settle({ key, error: null })
    return { output, key, receipt: receiptOf(key) }
  } catch (error) {
    intents.settle({ key, error })
    throw error
  }
}
