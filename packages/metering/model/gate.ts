import type { Scheduler } from 'fast-check'

/** What an act answers whose process died: whoever waits for it waits for ever. */
export const NEVER = Symbol('never')

/** Where everything that talks to the outside waits for its turn, so that one schedule means one order. */
export type Gate = {
  pass<T>(label: string, act: () => Promise<T | typeof NEVER>): Promise<T>
  /** From now on nobody waits. */
  open(): void
  /** While this runs nobody who comes waits; for what a command does as one act. */
  bypass<T>(act: () => Promise<T>): Promise<T>
}

/** Makes a gate whose order a scheduler decides: one act at a time, each to its end. */
export function createGate(scheduler: Scheduler): Gate {
  let isOpen = false
  return {
    async bypass(act) {
      const before = isOpen
      isOpen = true
      try {
        return await act()
      } finally {
        isOpen = before
      }
    },
    open: () => {
      isOpen = true
    },
    pass<T>(label: string, act: () => Promise<T | typeof NEVER>): Promise<T> {
      return new Promise((resolve, reject) => {
        const turn = () =>
          act().then((value) => {
            if (value !== NEVER) resolve(value)
          }, reject)
        if (isOpen) void turn()
        else void scheduler.schedule(lazily(turn), label)
      })
    },
  }
}

/** A promise that begins when the scheduler awaits it, and not when it is made. */
function lazily(begin: () => Promise<void>): Promise<void> {
  const lazy = Object.create(Promise.prototype, {
    // oxlint-disable-next-line unicorn/no-thenable -- beginning late is what it is for
    then: {
      value: (done: () => void, failed: (error: unknown) => void) =>
        // oxlint-disable-next-line promise/no-callback-in-promise -- a promise is made of this
        begin().then(done, failed),
    },
    constructor: { value: Object },
  })
  return lazy
}
