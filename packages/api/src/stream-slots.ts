/** Bounds how many streams of one customer are open in this process, so that nobody keeps a server busy by listening. */
export type StreamSlots = {
  /** Takes a slot and says how to give it back; null when the customer has none left. */
  take(customerId: string): (() => void) | null
}

/** Counts in memory: what it protects is this process. */
export function createStreamSlots(options: { perCustomer: number }): StreamSlots {
  const open = new Map<string, number>()
  return {
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
