/** Bounds how many requests are handled concurrently. */
export type ConcurrencyLimit = {
  /** Waits for a slot and returns a function that releases it; null if the queue is full. */
  acquire(): Promise<(() => void) | null>
}

/**
 * Admits `concurrent` requests at a time and queues up to `queued` more in order of arrival. Without it a burst would pile up at the
 * database, where every request would wait too long.
 */
export function createConcurrencyLimit(options: {
  concurrent: number
  queued: number
}): ConcurrencyLimit {
  const queue: (() => void)[] = []
  let running = 0

  const release = () => {
    const next = queue.shift()
    // Passes the slot directly to the next in the queue, so that a new request cannot take it in between.
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
