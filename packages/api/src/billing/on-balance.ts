import type { BalanceUpdate, BillingCustomer } from '@tollgate/contract'
import { type Metering, rateLimited } from '@tollgate/metering'
import { toBalanceUpdate } from '../to-balance-update.ts'
import { protectedProcedure } from '../trpc.ts'

/** When a device that found no free stream may look again; until then it reads its balance when it is looked at. */
const NO_SLOT_RETRY_MS = 15_000

/** Tells how the balances stand, then every change of them, whichever tab, device or process made it. */
export const onBalance = protectedProcedure.subscription(({ ctx, signal }) => {
  const free = ctx.streamSlots.take(ctx.customer.customerId)
  if (!free) throw rateLimited(NO_SLOT_RETRY_MS)
  // A caller who is gone before the first read never lets the generator come to its end.
  signal?.addEventListener('abort', free, { once: true })
  return follow({ metering: ctx.metering, customer: ctx.customer, signal, free })
})

async function* follow(call: {
  metering: Metering
  customer: BillingCustomer
  signal: AbortSignal | undefined
  free: () => void
}): AsyncGenerator<BalanceUpdate[]> {
  const { metering, customer, signal } = call
  const news = createNews(signal)
  const stop = metering.onBalanceChange(customer.customerId, news.tell)
  try {
    // Listening began before this read, so nothing can fall between the two.
    yield (await metering.balances(customer)).map(toBalanceUpdate)
    while (await news.wait()) yield news.take()
  } finally {
    stop()
    call.free()
  }
}

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
