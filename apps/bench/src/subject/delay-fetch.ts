import { setTimeout as delay } from 'node:timers/promises'

const direct = globalThis.fetch

/** Puts the billing backend so many milliseconds further away from this process; 0 brings it back. */
export function delayFetch(ms: number): null {
  globalThis.fetch =
    ms === 0
      ? direct
      : async (input, init) => {
          await delay(ms)
          return direct(input, init)
        }
  return null
}
