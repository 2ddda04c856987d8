/** Bounds how many requests are worked on at a time. */
export type ConcurrencyLimit = {
  /** Waits for a slot and returns how to release it; null when too many are waiting already. */
  acquire(): Promise<(() => void) | null>
}

/**
 * Admits `concurrent` requests at a time and queues up to `queued` more, first come, first served. Without it a rush would pile up
 * at the database, where everyone waits too long and no one is served.
 */
export function createConcurrencyLimit(options: {
  concurrent: number
  queued: number
}): ConcurrencyLimit {
  const queue: (() => void)[] = []
  let running = 0

  const release = () => {
    const next = queue.shift()
    // The slot goes to the next in the queue directly, so that a new request cannot take it in between.
    if (next) next()
    else running -= 1
  }

  return {
    async acquire() {
      if (running >= options.concurrent) {
        if (queue.length >= options.queued) return null
        await new Promise<void>((resolve) => queue.push(resolve))
      } else running += 1
      let isReleased = false
      return () => {
        if (isReleased) return
        isReleased = true
        release()
      }
    },
  }
}
