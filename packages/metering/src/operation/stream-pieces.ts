import type { Receipt } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import type { Operation } from './start-operation.ts'
import { storeChunk, storeChunks } from './stored-result.ts'
import { createStreamHold, type Shortfall } from './stream-hold.ts'
import type { Amounts } from './usage.ts'

/** The pieces of a stream so far: each is covered by the hold and stored for a retry before it counts. */
export type StreamPieces = {
  /** How many there are. */
  count(): number
  /** Takes one more, unless the credits do not cover it. Throws `RESULT_NOT_JSON`, `hold_expired`, `billing_unavailable`. */
  take(piece: unknown): Promise<Shortfall | null>
  /** Marks what was taken as delivered, so that it is charged even if the process dies. */
  mark(): Promise<void>
  /** How many bytes are stored; null when there are too many to store. */
  keptBytes(): number | null
  /** Charges what was taken, or everything that was used when it is `complete`; `short` says why it is not. */
  settle(complete: boolean, short?: Shortfall | null): Promise<Receipt>
}

/** Tracks the pieces of one stream. */
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
      // What was delivered is charged even when it is too large to store; a retry then gets `result_gone`.
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

  /** The most that the rest could have cost, as far as the price shows. */
  function moreOf({ meter, required }: Shortfall): { meter: string; amount: number } {
    const priced = call.charges.find((charge) => charge.meter === meter)
    const most = Math.max(required, priced?.least === undefined ? 0 : priced.hold)
    return { meter, amount: most - (amounts[meter] ?? 0) }
  }
}
