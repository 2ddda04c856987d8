import { setTimeout as delay } from 'node:timers/promises'

/** Waits; returns early, without an error, when the signal is aborted. Injected, so that a test can move time. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** Waits by the machine's own clock; a background loop, which can be woken, does not keep the process alive. */
export const systemSleep: Sleep = async (ms, signal) => {
  try {
    await delay(ms, undefined, { ref: signal === undefined, ...(signal ? { signal } : {}) })
  } catch {
    // Woken early is what the signal is for.
  }
}
