import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import { processIdentity } from './process-identity.ts'

/** A running server as one process sees it. */
export type Incarnation = {
  port: number
  /** Number and start time of its process. */
  identity: string
  /** Stops the server; there only if this process owns it. */
  stop?: () => Promise<void>
  /** Lets go of what watched over a server that has ended. */
  forget?: () => void
}

/** Looking costs one small file on Linux and a process elsewhere. */
const LOOK_EVERY_MS = process.platform === 'linux' ? 250 : 2000
/** From the first attempt to the slowest, doubled in between. */
const RETRY_MS = { first: 100, slowest: 5000 }

/**
 * Watches a server and brings it back when it ends without having been stopped here: killed, crashed, or stopped by the process that
 * owned it until now. The process that revives it owns it. It tries for as long as it takes; until then callers get a retryable error.
 */
export function supervise(options: {
  first: Incarnation
  revive: (port: number) => Promise<Incarnation>
  logger: Logger
}): { stop(): Promise<void> } {
  const { revive, logger } = options
  const { port } = options.first
  const stopping = new AbortController()
  let current = options.first

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(LOOK_EVERY_MS)
      if (!stopping.signal.aborted && !(await isAlive(current))) await bringBack()
    }
  }

  async function bringBack(): Promise<void> {
    logger.warn({ port }, 'embedded postgres: the server has ended, starting it again')
    current.forget?.()
    const endedAt = performance.now()
    for (let wait = RETRY_MS.first; !stopping.signal.aborted; wait *= 2) {
      try {
        current = await revive(port)
        const milliseconds = Math.round(performance.now() - endedAt)
        logger.warn({ port, milliseconds }, 'embedded postgres: the server is back')
        return
      } catch (error) {
        logger.error({ error, port }, 'embedded postgres: the server could not be started again')
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
  return (await processIdentity(Number.parseInt(identity, 10))) === identity
}
