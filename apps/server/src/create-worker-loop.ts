import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'

/** Work that is done again and again in the background. */
export type WorkerLoop = {
  start(): void
  /** Ends the current rest. */
  wake(): void
  /** Lets the current round end. */
  stop(): Promise<void>
}

/** Creates a loop of rounds; a round that fails is logged and tried again after the usual rest. */
export function createWorkerLoop(options: {
  /** As logs name it. */
  name: string
  /** One round; returns how many milliseconds to rest after it. `stopping` is aborted by `stop()`. */
  work(stopping: AbortSignal): Promise<number>
  restMs: number
  /** Whether the loop begins with a rest. */
  restsFirst?: boolean
  logger: Logger
}): WorkerLoop {
  const { name, work, restMs, restsFirst = false, logger } = options
  const stopping = new AbortController()
  let wakeSignal = new AbortController()
  let loop: Promise<void> | null = null

  async function rest(milliseconds: number): Promise<void> {
    const { signal } = wakeSignal
    await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {})
    if (signal.aborted) wakeSignal = new AbortController()
  }

  async function run(): Promise<void> {
    if (restsFirst) await rest(restMs)
    while (!stopping.signal.aborted) {
      let milliseconds = restMs
      try {
        milliseconds = await work(stopping.signal)
      } catch (error) {
        if (stopping.signal.aborted) return
        logger.warn({ error }, `${name}: round failed, retrying`)
      }
      if (milliseconds > 0) await rest(milliseconds)
    }
  }

  return {
    start: () => void (loop ??= run()),
    wake: () => wakeSignal.abort(),
    async stop() {
      stopping.abort()
      wakeSignal.abort()
      await loop
    },
  }
}
