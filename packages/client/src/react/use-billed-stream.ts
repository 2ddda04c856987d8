import type { BillingError, Receipt } from '@tollgate/contract'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { isReceipt, isStream, StreamCutError } from '../billed-chunks.ts'
import { type BilledState, billedState } from './billed-state.ts'
import { callOptions, type Click, clickOptions, type HookedTollgate } from './click.ts'

/** A billed procedure that answers piece by piece, as a form uses it. */
export type BilledStream<Input, Chunk, Refusal = BillingError> = BilledState<Input, Refusal> & {
  /** Stops the work; what was delivered until then is charged. */
  stop(): void
  chunks: readonly Chunk[]
  stopped: boolean
}

/** Calls the billed streaming procedure at a path so that one click is charged at most once. */
export function useBilledStream(
  tollgate: HookedTollgate,
  path: string,
): Omit<BilledStream<unknown, unknown>, 'submit'> & { submit(input: unknown): string } {
  const { intents, queryClient } = tollgate
  const [chunks, setChunks] = useState<readonly unknown[]>([])
  const [stopped, setStopped] = useState(false)
  const running = useRef<AbortController>(null)

  const mutation = useMutation<Receipt, unknown, Click>(
    {
      ...clickOptions(tollgate, path),
      async mutationFn(click) {
        const abort = new AbortController()
        running.current = abort
        // A retry starts over: the server replays what it delivered before.
        setChunks([])
        for await (const chunk of await open(click, abort.signal)) {
          if (isReceipt(chunk)) return finish(click, chunk.receipt)
          setChunks((before) => [...before, chunk])
        }
        throw new StreamCutError(path)
      },
    },
    queryClient,
  )
  const { variables } = mutation

  async function open({ input, key }: Click, signal: AbortSignal) {
    const answer: unknown = await tollgate.untyped.mutation(path, input, {
      ...callOptions(key),
      signal,
    })
    // Where streams cannot be read their chunks come as a list.
    if (isStream(answer) || Array.isArray(answer)) return answer
    throw new TypeError(`${path} does not answer piece by piece; call it with useBilled().`)
  }

  function finish({ key }: Click, receipt: Receipt): Receipt {
    tollgate.keepReceipt(key, receipt)
    tollgate.announceBalances(receipt.balances)
    return receipt
  }

  const state = billedState(tollgate, path, mutation)
  return {
    ...state,
    submit(input) {
      setStopped(false)
      return state.submit(input)
    },
    again() {
      setStopped(false)
      state.again()
    },
    stop() {
      setStopped(true)
      running.current?.abort()
      // The person has ended this click: the next one on the same input is new work, not the stored beginning of this.
      if (variables) intents.settle({ key: variables.key, error: null })
    },
    reset() {
      setChunks([])
      state.reset()
    },
    chunks,
    receipt: mutation.data ?? null,
    stopped,
  }
}
