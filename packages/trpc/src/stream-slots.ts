import { setMaxListeners } from 'node:events'

/** Limits how many streams one reader has open in this process, so that no one can overload a server by listening. */
export type StreamSlots = {
  /** Takes a slot of a customer or one of its users, and returns a function that frees it; null when none is left. */
  take(reader: string): (() => void) | null
  /** Aborted when the process stops: every stream ends, so that its reader reconnects elsewhere. */
  closing: AbortSignal
  close(): void
}

/** Counts in memory, because it protects only this process. */
export function createStreamSlots(options: { perCustomer: number }): StreamSlots {
  const open = new Map<string, number>()
  const closing = new AbortController()
  // Every open stream listens to it.
  setMaxListeners(0, closing.signal)
  return {
    closing: closing.signal,
    close: () => closing.abort(),
    take(customerId) {
      const taken = open.get(customerId) ?? 0
      if (taken >= options.perCustomer) return null
      open.set(customerId, taken + 1)
      let isFree = false
      return () => {
        if (isFree) return
        isFree = true
        const left = (open.get(customerId) ?? 1) - 1
        if (left === 0) open.delete(customerId)
        else open.set(customerId, left)
      }
    },
  }
}
