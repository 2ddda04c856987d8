/** Bounds how much is worked on at a time. */
export type Line = {
  /** Waits for a slot and returns how to give it back; null when too many are waiting already. */
  enter(): Promise<(() => void) | null>
}

/**
 * Lets `concurrent` requests in at a time and up to `waiting` more stand in line, in the order they came. Without it a rush would
 * pile up at the database, where everyone waits too long and no one is served.
 */
export function createLine(options: { concurrent: number; waiting: number }): Line {
  const line: (() => void)[] = []
  let working = 0

  const leave = () => {
    const next = line.shift()
    // The slot goes from hand to hand, so that no one who comes now can slip in between.
    if (next) next()
    else working -= 1
  }

  return {
    async enter() {
      if (working >= options.concurrent) {
        if (line.length >= options.waiting) return null
        await new Promise<void>((resolve) => line.push(resolve))
      } else working += 1
      let hasLeft = false
      return () => {
        if (hasLeft) return
        hasLeft = true
        leave()
      }
    },
  }
}
