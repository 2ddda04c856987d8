import { billingErrorOf, httpStatusOf } from './billing-error-of.ts'

/** Tries after the first one; with the backoff below they span about seven seconds. */
const RETRIES_MAX = 3
/** An operation may run for a while; its second caller asks this often for the answer. */
const IN_PROGRESS_RETRIES_MAX = 20
/** Longer than this nobody waits without being told; the screen shows a countdown instead. */
const RETRY_WAIT_MS_MAX = 5000

/**
 * How long to wait before trying a failed call again, or null when trying again would not help.
 * The one place that decides; safe for billed calls because the operation key stays the same.
 */
export function retryDelay(failures: number, error: unknown): number | null {
  if (isAbort(error)) return null
  const billing = billingErrorOf(error)
  if (billing?.kind === 'in_progress') {
    return failures < IN_PROGRESS_RETRIES_MAX ? Math.max(100, billing.retryAfterMs) : null
  }
  // A refusal that names no time will be the same next time.
  if (billing) return 'retryAfterMs' in billing ? wait(failures, billing.retryAfterMs) : null
  const status = httpStatusOf(error)
  const mayPass = status === null ? isTransport(error) : status === 429 || status === 503
  return mayPass ? wait(failures, backoff(failures)) : null
}

function wait(failures: number, delayMs: number): number | null {
  return failures < RETRIES_MAX && delayMs <= RETRY_WAIT_MS_MAX ? delayMs : null
}

function backoff(failures: number): number {
  return 500 * 2 ** failures * (0.75 + Math.random() / 2)
}

/** No answer, or one that was not ours: the network, or a proxy's own error page. */
function isTransport(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error
}

function isAbort(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'AbortError' || isAbort(error.cause)
}
