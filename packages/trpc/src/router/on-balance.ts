import { type BalanceUpdate, type BillingCustomer, toBalanceUpdate } from '@tollgate/contract'
import { type Metering, rateLimited } from '@tollgate/metering'
import type { BillingProcedures } from './billing-procedures.ts'
import type { StreamSlots } from '../stream-slots.ts'

/** How soon a device without a free stream slot may retry; until then it reads its balance on demand. */
const NO_SLOT_RETRY_MS = 15_000
/** The largest delay a Node timer accepts, 24 days: an older stream is reopened. */
const TIMER_MS_MAX = 2 ** 31 - 1

/**
 * Sends the balances, then every change, from any tab, device or process. An empty list means that something else the reader shows has
 * changed, such as alerts.
 */
export function onBalance({ signedIn }: BillingProcedures) {
  return signedIn.subscription(({ ctx, signal }) => {
    const { metering, customer, userId, until, expiresAt, streamSlots: slots } = ctx.billing
    const ends = [slots.closing, signal, until].filter((end) => end instanceof AbortSignal)
    const reader = userId ?? customer.customerId
    return follow({ metering, customer, reader, slots, ends, expiresAt })
  })
}

async function* follow(call: {
  metering: Metering
  customer: BillingCustomer
  /** Whose streams are limited. */
  reader: string
  slots: StreamSlots
  /** Any of these ends the stream. */
  ends: readonly AbortSignal[]
  /** When the stream ends at the latest, in epoch milliseconds. */
  expiresAt: number
}): AsyncGenerator<BalanceUpdate[]> {
  const { metering, customer } = call
  // Taken here, where its release is guaranteed: if the caller disconnects before the first read, this never starts.
  const free = call.slots.take(call.reader)
  if (!free) throw rateLimited(NO_SLOT_RETRY_MS)
  const expiry = new AbortController()
  const expiring = setTimeout(
    () => expiry.abort(),
    Math.min(Math.max(0, call.expiresAt - Date.now()), TIMER_MS_MAX),
  )
  const updates = createUpdateQueue([...call.ends, expiry.signal])
  const stop = metering.onBalanceChange(customer.customerId, updates.push)
  try {
    // Listening started before this read, so no change can be missed in between.
    yield (await metering.balances(customer)).map(toBalanceUpdate)
    while (await updates.wait()) yield updates.take()
  } finally {
    clearTimeout(expiring)
    stop()
    updates.stop()
    free()
  }
}

/** Updates waiting to be sent; only the newest of each meter, so that they never pile up for a slow reader. */
function createUpdateQueue(ends: readonly AbortSignal[]) {
  const waiting = new Map<string, BalanceUpdate>()
  let hasOtherChange = false
  let wake = () => {}
  const onEnd = () => wake()
  // An already aborted signal never fires; `wait` checks it before it sleeps.
  for (const signal of ends) signal.addEventListener('abort', onEnd)
  const isOver = () => ends.some(({ aborted }) => aborted)
  return {
    push(updates: BalanceUpdate[]) {
      for (const update of updates) waiting.set(update.meter, update)
      hasOtherChange ||= updates.length === 0
      wake()
    },
    take() {
      const updates = [...waiting.values()]
      waiting.clear()
      // With balances to send, it waits for the next, separate message.
      if (updates.length === 0) hasOtherChange = false
      return updates
    },
    /** True when there is something to send, false when the stream is over. */
    async wait(): Promise<boolean> {
      while (waiting.size === 0 && !hasOtherChange && !isOver()) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return !isOver()
    },
    stop() {
      for (const signal of ends) signal.removeEventListener('abort', onEnd)
    },
  }
}
