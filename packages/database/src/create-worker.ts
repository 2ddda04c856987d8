import { setTimeout as delay } from 'node:timers/promises'

/** Waits; returns early, without an error, when the signal is aborted. Injected, so that a test can move time. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** Waits by the machine's own clock; a wait that can be cut short does not keep the process alive. */
export const systemSleep: Sleep = async (ms, signal) => {
  try {
    await delay(ms, undefined, { ref: signal === undefined, ...(signal ? { signal } : {}) })
  } catch {
    // Being cut short is what the signal is for.
  }
}

/** Work that repeats in the background, one round after another. */
export type Worker = {
  start(): void
  /** Lets the current round finish. */
  stop(): Promise<void>
  /** There may be work: cuts the usual wait short. */
  wake(): void
}

/**
 * Makes a worker. A round returns how many milliseconds to pause before the next one, 0 for none; a pause is not cut short by
 * `wake`. When it returns nothing, or throws, the worker waits `intervalMs` or until it is woken.
 */
export function createWorker(options: {
  round: (signal: AbortSignal) => Promise<number | void>
  intervalMs: number
  onError: (error: unknown) => void
  sleep?: Sleep
}): Worker {
  const { round, intervalMs, onError, sleep = systemSleep } = options
  let stopping = new AbortController()
  let waking = new AbortController()
  let loop: Promise<void> | null = null

  async function run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      let pauseMs: number | void
      try {
        pauseMs = await round(stopped)
      } catch (error) {
        onError(error)
      }
      if (pauseMs === 0) continue
      const isPause = pauseMs !== undefined
      await sleep(
        pauseMs ?? intervalMs,
        isPause ? stopped : AbortSignal.any([stopped, waking.signal]),
      )
      if (waking.signal.aborted) waking = new AbortController()
    }
  }

  return {
    start() {
      if (loop) return
      stopping = new AbortController()
      loop = run(stopping.signal)
    },
    async stop() {
      stopping.abort()
      await loop
      loop = null
    },
    wake: () => waking.abort(),
  }
}
