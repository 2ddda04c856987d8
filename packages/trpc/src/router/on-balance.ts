import { type BalanceUpdate, type BillingCustomer, toBalanceUpdate } from '@tollgate/contract'
import { type Metering, rateLimited } from '@tollgate/metering'
import type { BillingProcedures } from './billing-procedures.ts'
import type { StreamSlots } from '../stream-slots.ts'

/** When a device that found no free stream may look again; until then it reads its balance when it is looked at. */
const NO_SLOT_RETRY_MS = 15_000
/** Timers take no more, which is 24 days: a stream that is as old is opened again. */
const TIMER_MS_MAX = 2 ** 31 - 1

/**
 * Sends the balances, then every change of them, whichever tab, device or process made it. An empty list says that something else
 * which its reader shows has changed, such as alerts.
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
  /** Whose streams are counted. */
  reader: string
  slots: StreamSlots
  /** Each of them ends the stream. */
  ends: readonly AbortSignal[]
  /** Ends it as well, in milliseconds of the wall clock. */
  expiresAt: number
}): AsyncGenerator<BalanceUpdate[]> {
  const { metering, customer } = call
  // Taken here, where its release is certain: a caller who is gone before the first read never starts this.
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
    // Listening began before this read, so nothing can fall between the two.
    yield (await metering.balances(customer)).map(toBalanceUpdate)
    while (await updates.wait()) yield updates.take()
  } finally {
    clearTimeout(expiring)
    stop()
    updates.stop()
    free()
  }
}

/** Updates that wait to be sent; of each meter only the newest, so a slow reader never piles them up. */
function createUpdateQueue(ends: readonly AbortSignal[]) {
  const waiting = new Map<string, BalanceUpdate>()
  let hasOtherChange = false
  let wake = () => {}
  const onEnd = () => wake()
  // A signal that is aborted already never fires; `wait` asks it before it sleeps.
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
      // Beside balances it waits for the next time, alone.
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
