import type { BillingError, OperationKey, Receipt, ReceiptChunk } from '@tollgate/contract'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { billingErrorOf, type UnknownBillingError } from '../billing-error-of.ts'
import type { BilledPath } from '../mutation-kinds.ts'
import { type Keyed, takeOperationKey, withOperationKey } from '../operation-key.ts'
import { useTollgate } from './tollgate-provider.tsx'

/** A billed procedure that answers piece by piece, as a form uses it. */
export type BilledStream<Input, Chunk> = {
  /** One intent: its key is made here, once, and stays the same however often it is sent. */
  submit(input: Input): void
  /** Sends the last intent once more, under its own key. */
  again(): void
  /** Stops the work; what was delivered until then is charged. */
  stop(): void
  reset(): void
  status: 'idle' | 'pending' | 'error' | 'success'
  input: Input | undefined
  chunks: readonly Chunk[]
  error: unknown
  refusal: BillingError | UnknownBillingError | null
  receipt: Receipt | null
  operationKey: OperationKey | null
  stopped: boolean
}

/** A stream ended without its receipt: whether it was charged has to be asked. */
export class StreamCutError extends Error {
  override readonly name = 'StreamCutError'
  readonly code = 'STREAM_CUT'
}

/**
 * Calls a billed streaming procedure so that one click is charged at most once.
 * @example useBilledStream('text.summarize', (input, options) => client.text.summarize.mutate(input, options))
 */
export function useBilledStream<Input extends object, Chunk extends { type: string }>(
  path: BilledPath,
  open: (
    input: Keyed<Input>,
    options: { signal: AbortSignal },
  ) => Promise<AsyncIterable<Chunk | ReceiptChunk>>,
): BilledStream<Input, Chunk> {
  const tollgate = useTollgate()
  const [chunks, setChunks] = useState<readonly Chunk[]>([])
  const [stopped, setStopped] = useState(false)
  const running = useRef<AbortController>(null)

  const mutation = useMutation<Receipt, unknown, Keyed<Input>>({
    mutationKey: [path.split('.')],
    async mutationFn(variables) {
      const abort = new AbortController()
      running.current = abort
      // A retry starts over: the server replays what it delivered before.
      setChunks([])
      for await (const chunk of await open(variables, { signal: abort.signal })) {
        if (isReceipt(chunk)) return finish(variables, chunk.receipt)
        setChunks((before) => [...before, chunk])
      }
      throw new StreamCutError(
        `${path} ended without a receipt; ask billing.operation for its fate.`,
      )
    },
  })

  function finish(variables: Keyed<Input>, receipt: Receipt): Receipt {
    const { key } = takeOperationKey(variables)
    if (key) tollgate.keepReceipt(key, receipt)
    tollgate.writeBalances(receipt.balances)
    return receipt
  }

  return {
    submit(input) {
      setStopped(false)
      mutation.mutate(withOperationKey(input, tollgate.intents.keyFor(path, input)))
    },
    again() {
      if (!mutation.variables) return
      setStopped(false)
      mutation.mutate(mutation.variables)
    },
    stop() {
      setStopped(true)
      running.current?.abort()
      // The person has ended this click: the next one on the same input is new work, not the stored beginning of this.
      const { key } = takeOperationKey(mutation.variables)
      if (key) tollgate.intents.settle({ key, error: null })
    },
    reset() {
      setChunks([])
      mutation.reset()
    },
    status: mutation.status,
    input: mutation.variables,
    chunks,
    error: mutation.error,
    refusal: billingErrorOf(mutation.error ?? mutation.failureReason),
    receipt: mutation.data ?? null,
    operationKey: takeOperationKey(mutation.variables).key,
    stopped,
  }
}

function isReceipt(chunk: { type: string }): chunk is ReceiptChunk {
  return chunk.type === 'receipt'
}
