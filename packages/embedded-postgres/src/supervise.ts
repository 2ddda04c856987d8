import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import { pidOf, processIdentity } from './process-identity.ts'

/** A running server from one process's view. */
export type Incarnation = {
  port: number
  /** Its process id and start time. */
  identity: string
  /** Stops the server; set only if this process owns it. */
  stop?: () => Promise<void>
  /** Stops the watchdog of a server that has ended. */
  stopWatchdog?: () => void
}

/** A check reads one small file on Linux and starts a process elsewhere. */
const LOOK_EVERY_MS = process.platform === 'linux' ? 250 : 2000
/** The first and the longest pause; doubles in between. */
const RETRY_MS = { first: 100, slowest: 5000 }

/**
 * Watches a server and restarts it when it exits without being stopped here: killed, crashed, or stopped by the process that owned it.
 * The process that restarts it becomes its owner. Retries indefinitely; meanwhile callers get a retryable error.
 */
export function supervise(options: {
  first: Incarnation
  start: (port: number) => Promise<Incarnation>
  logger: Logger
}): { stop(): Promise<void> } {
  const { start, logger } = options
  const { port } = options.first
  const stopping = new AbortController()
  let current = options.first

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(LOOK_EVERY_MS)
      if (!stopping.signal.aborted && !(await isAlive(current))) await restart()
    }
  }

  async function restart(): Promise<void> {
    logger.warn({ port }, 'embedded postgres: server exited, restarting')
    current.stopWatchdog?.()
    const endedAt = performance.now()
    for (let wait = RETRY_MS.first; !stopping.signal.aborted; wait *= 2) {
      try {
        current = await start(port)
        const milliseconds = Math.round(performance.now() - endedAt)
        logger.warn({ port, milliseconds }, 'embedded postgres: server restarted')
        return
      } catch (error) {
        logger.error({ error, port }, 'embedded postgres: server restart failed, retrying')
        await pause(Math.min(wait, RETRY_MS.slowest))
      }
    }
  }

  const pause = (milliseconds: number) =>
    delay(milliseconds, undefined, { signal: stopping.signal, ref: false }).catch(() => {})

  const watching = watch()
  return {
    async stop() {
      stopping.abort()
      await watching
      await current.stop?.()
    },
  }
}

async function isAlive({ identity }: Incarnation): Promise<boolean> {
  return (await processIdentity(pidOf(identity))) === identity
}
