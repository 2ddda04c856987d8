import type { BillingError, Receipt } from '@tollgate/contract'
import { useSyncExternalStore } from 'react'
import { isReceipt, isStream, StreamCutError } from '../billed-chunks.ts'
import { type BilledState, billedState } from './billed-state.ts'
import { callOptions, type Click, type FormTollgate } from './click.ts'
import { useClickMutation } from './use-click-mutation.ts'

/** A streaming billed procedure, as a form uses it. */
export type BilledStream<Input, Chunk, Refusal = BillingError> = BilledState<Input, Refusal> & {
  /** Stops the work; what was delivered so far is charged. */
  stop(): void
  chunks: readonly Chunk[]
  stopped: boolean
}

/** Calls the streaming billed procedure at a path so that one click is charged at most once. */
export function useBilledStream(
  tollgate: FormTollgate,
  path: string,
): Omit<BilledStream<unknown, unknown>, 'submit'> & { submit(input: unknown): string } {
  const { intents, streams, receiptOf } = tollgate
  const mutation = useClickMutation(tollgate, path, async (click) => {
    // A retry starts over: the server replays what it delivered before.
    const signal = streams.begin(click.key)
    for await (const chunk of await open(click, signal)) {
      if (isReceipt(chunk)) return finish(click, chunk.receipt)
      streams.add(click.key, chunk)
    }
    throw new StreamCutError(path)
  })
  const { status, variables } = mutation
  const key = variables?.key ?? null
  const soFar = () => streams.of(key)
  const { chunks, stopped } = useSyncExternalStore(streams.subscribe, soFar, soFar)

  async function open({ input, key }: Click, signal: AbortSignal) {
    const answer: unknown = await tollgate.untyped.mutation(path, input, {
      ...callOptions(key),
      signal,
    })
    // Where streams cannot be read, their chunks arrive as a list.
    if (isStream(answer) || Array.isArray(answer)) return answer
    throw new TypeError(`${path} does not answer piece by piece; call it with useBilled().`)
  }

  function finish({ key }: Click, receipt: Receipt): Receipt {
    tollgate.keepReceipt(key, receipt)
    tollgate.announceBalances(receipt.balances)
    return receipt
  }

  return {
    ...billedState(tollgate, path, mutation),
    stop() {
      if (key === null) return
      streams.stop(key)
      // The person stopped this click: the next one with the same input is new work, not a replay of the partial result.
      intents.settle({ key, error: null })
    },
    chunks,
    receipt: key && status === 'success' ? receiptOf(key) : null,
    stopped,
  }
}
