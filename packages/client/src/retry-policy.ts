import { billingErrorOf, httpStatusOf } from './billing-error-of.ts'

/** Retries after the first attempt; with the backoff below they span about seven seconds. */
const RETRIES_MAX = 3
/** At the pace the server requests, an operation whose process died is free again well within this many attempts. */
const IN_PROGRESS_EAGER_TRIES = 60
/** Operations that are still running after that are polled less often, */
const IN_PROGRESS_PATIENT_MS = 5000
/** for as long as one may run by the server's default: ten minutes. */
const IN_PROGRESS_RETRIES_MAX = IN_PROGRESS_EAGER_TRIES + 108
/** Above this, the screen shows a countdown instead of waiting silently. */
const RETRY_WAIT_MS_MAX = 5000

/**
 * How long to wait before retrying a failed call, or null when a retry cannot help.
 * The one place that decides; safe for billed calls because the operation key stays the same.
 */
export function retryDelay(failures: number, error: unknown): number | null {
  if (isAbort(error)) return null
  const billing = billingErrorOf(error)
  if (billing?.kind === 'in_progress') return waitForAnswer(failures, billing.retryAfterMs)
  // A refusal without a wait time would be the same on a retry.
  if (billing) return 'retryAfterMs' in billing ? wait(failures, billing.retryAfterMs) : null
  const status = httpStatusOf(error)
  const mayPass = status === null ? isTransportError(error) : status === 429 || status === 503
  return mayPass ? wait(failures, backoff(failures)) : null
}

function wait(failures: number, delayMs: number): number | null {
  return failures < RETRIES_MAX && delayMs <= RETRY_WAIT_MS_MAX ? delayMs : null
}

function waitForAnswer(failures: number, retryAfterMs: number): number | null {
  if (failures >= IN_PROGRESS_RETRIES_MAX) return null
  const least = failures < IN_PROGRESS_EAGER_TRIES ? 100 : IN_PROGRESS_PATIENT_MS
  return Math.max(least, retryAfterMs)
}

function backoff(failures: number): number {
  return 500 * 2 ** failures * (0.75 + Math.random() / 2)
}

/** No answer, or one that was not ours: the network, or a proxy's own error page. */
function isTransportError(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error
}

function isAbort(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'AbortError' || isAbort(error.cause)
}
