import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'

/** Waits; returns early, without an error, when the signal is aborted. Injected, so that tests control time. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** Waits on the machine's clock; a wait with a signal does not keep the process alive. */
export const systemSleep: Sleep = async (ms, signal) => {
  try {
    await delay(ms, undefined, { ref: signal === undefined, ...(signal ? { signal } : {}) })
  } catch {
    // An aborted wait is not an error.
  }
}

/** Work that repeats in the background, in rounds. */
export type Worker = {
  start(): void
  /** Stops after the current round. */
  stop(): Promise<void>
  /** Ends the regular wait early because there may be work. */
  wake(): void
}

/**
 * Makes a worker. A round returns how many milliseconds to pause before the next one, 0 for none; a pause is not cut short by
 * `wake`. When it returns nothing, or throws, the worker waits `intervalMs` or until it is woken.
 */
export function createWorker(options: {
  /** Its name in logs. */
  name: string
  /** One round; the signal is aborted by `stop`. */
  round: (signal: AbortSignal) => Promise<number | void>
  intervalMs: number
  /** Whether it waits before the first round. */
  waitsFirst?: boolean
  logger: Logger
  sleep?: Sleep
}): Worker {
  const { name, round, intervalMs, waitsFirst = false, logger, sleep = systemSleep } = options
  let stopping = new AbortController()
  let waking = new AbortController()
  let loop: Promise<void> | null = null

  async function wait(pauseMs: number | void, stopped: AbortSignal): Promise<void> {
    const isPause = pauseMs !== undefined
    const signal = isPause ? stopped : AbortSignal.any([stopped, waking.signal])
    await sleep(pauseMs ?? intervalMs, signal)
    if (waking.signal.aborted) waking = new AbortController()
  }

  async function run(stopped: AbortSignal): Promise<void> {
    if (waitsFirst) await wait(undefined, stopped)
    while (!stopped.aborted) {
      let pauseMs: number | void = undefined
      try {
        pauseMs = await round(stopped)
      } catch (error) {
        if (!stopped.aborted) logger.warn({ error }, `${name}: round failed, retrying`)
      }
      if (pauseMs !== 0) await wait(pauseMs, stopped)
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
