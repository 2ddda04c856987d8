import type { BalanceUpdate } from '@tollgate/contract'
import { toBalanceUpdate } from '../to-balance-update.ts'
import { protectedProcedure } from '../trpc.ts'

/** Tells how the balances stand, then every change of them, whichever tab, device or process made it. */
export const onBalance = protectedProcedure.subscription(async function* ({ ctx, signal }) {
  const news = createNews(signal)
  const stop = ctx.metering.onBalanceChange(ctx.customer.customerId, news.tell)
  try {
    // Listening began before this read, so nothing can fall between the two.
    yield (await ctx.metering.balances(ctx.customer)).map(toBalanceUpdate)
    while (await news.wait()) yield news.take()
  } finally {
    stop()
  }
})

/** Updates that wait to be told; of each meter only the newest, so a slow reader never piles them up. */
function createNews(signal: AbortSignal | undefined) {
  const waiting = new Map<string, BalanceUpdate>()
  let wake = () => {}
  signal?.addEventListener('abort', () => wake())
  return {
    tell(updates: BalanceUpdate[]) {
      for (const update of updates) waiting.set(update.meter, update)
      wake()
    },
    take() {
      const updates = [...waiting.values()]
      waiting.clear()
      return updates
    },
    /** True when there is something to tell, false when the reader is gone. */
    async wait(): Promise<boolean> {
      while (waiting.size === 0 && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return !signal?.aborted
    },
  }
}
