import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@tollgate/contract'
import { isUnavailable } from './is-unavailable.ts'

const RETRY_MS = 250
/** A database that is restarted, or handed over by a process that stops, is back within this. */
const RETRY_MS_MAX = 10_000

/**
 * Runs a program's start again for as long as the database is unavailable, ten seconds at most; any other failure ends it at once.
 * `start` undoes what it did before it fails.
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

/** A migration that was cut off says so, and why in its cause. */
function isOfDatabase(error: unknown): boolean {
  if (isUnavailable(error)) return true
  return error instanceof Error && error.cause !== undefined && isOfDatabase(error.cause)
}
