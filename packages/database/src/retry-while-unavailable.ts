import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import { isUnavailable } from './is-unavailable.ts'

const RETRY_MS = 250
/** A database that restarts, or is handed over by a stopping process, is back within this time. */
const RETRY_MS_MAX = 10_000

/**
 * Retries a program's start while the database is unavailable, for at most ten seconds; any other error is thrown immediately. `start`
 * undoes what it did before it fails.
 */
export async function retryWhileUnavailable<Result>(
  start: () => Promise<Result>,
  { logger, now = () => performance.now() }: { logger: Logger; now?: () => number },
): Promise<Result> {
  const until = now() + RETRY_MS_MAX
  for (;;) {
    try {
      return await start()
    } catch (error) {
      if (!isOfDatabase(error) || now() >= until) throw error
      logger.warn({ error, retryMs: RETRY_MS }, 'database: unavailable at start, retrying')
      await delay(RETRY_MS)
    }
  }
}

/** The error of an interrupted migration has the reason as its cause. */
function isOfDatabase(error: unknown): boolean {
  if (isUnavailable(error)) return true
  return error instanceof Error && error.cause !== undefined && isOfDatabase(error.cause)
}
