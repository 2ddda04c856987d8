import type { Receipt } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { Operation } from './start-operation.ts'
import { storeChunk, storeChunks } from './stored-result.ts'
import { createStreamHold, type Shortfall } from './stream-hold.ts'
import type { Amounts } from './usage.ts'

/** The pieces of a stream so far: each is paid for and kept for a retry before it counts. */
export type StreamPieces = {
  /** How many there are. */
  count(): number
  /** Takes one more, unless the funds do not cover it. Throws `RESULT_NOT_JSON`, `hold_expired`, `billing_unavailable`. */
  take(piece: unknown): Promise<Shortfall | null>
  /** Remembers that what was taken has arrived; a process that dies is charged for it. */
  mark(): Promise<void>
  /** How many bytes are kept; null when there are too many to keep. */
  keptBytes(): number | null
  /** Charges what was taken, or everything that was used when it is `complete`; `short` is why it is not. */
  settle(complete: boolean, short?: Shortfall | null): Promise<Receipt>
}

/** Follows the pieces of one stream. */
export function createStreamPieces(context: MeteringContext, operation: Operation): StreamPieces {
  const { call, usage } = operation
  const { resultBytesMax } = context.policy
  const hold = createStreamHold(context, operation)
  let kept: string[] | null = []
  let bytes = storeChunks([], { complete: false, codec: call.codec }).length
  let count = 0
  let amounts: Amounts = {}

  return {
    count: () => count,
    async take(piece) {
      const stored = storeChunk(piece, call)
      const used = usage.charged()
      const short = await hold.cover(used)
      if (short) return short
      amounts = used
      bytes += Buffer.byteLength(stored) + (count > 0 ? 1 : 0)
      count += 1
      // What was handed on is charged even when it is too large to be kept; its key then answers that it is gone.
      if (bytes > resultBytesMax) kept = null
      else kept?.push(stored)
      return null
    },
    mark: () => hold.mark(amounts),
    keptBytes: () => (kept ? bytes : null),
    settle: (complete, short = null) =>
      operation.settle({
        more: short && moreOf(short),
        amounts: complete ? usage.charged() : amounts,
        complete,
        result: kept && storeChunks(kept, { complete, codec: call.codec }),
        chargeKey: null,
      }),
  }

  /** What the rest would have cost at most, as far as the price says. */
  function moreOf({ meter, required }: Shortfall): { meter: string; amount: number } {
    const priced = call.charges.find((charge) => charge.meter === meter)
    const most = Math.max(required, priced?.least === undefined ? 0 : priced.hold)
    return { meter, amount: most - (amounts[meter] ?? 0) }
  }
}
