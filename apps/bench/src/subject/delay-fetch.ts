import { setTimeout as delay } from 'node:timers/promises'

const direct = globalThis.fetch

/** Adds this many milliseconds of latency to the billing backend for this process; 0 removes it. */
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
