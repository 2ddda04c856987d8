import { DatabaseError } from './database-error.ts'
import { SQLSTATE } from './sqlstate.ts'

/**
 * Whether a statement may succeed next time: the server said "not now" rather than "no". An error without an SQLSTATE came from the
 * connection, so the outcome of the statement is unknown.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!('severity' in error) || !FORM.test(code))
    return !PROGRAM_ERRORS.some((kind) => error instanceof kind)
  if (code === SQLSTATE.internalError) return LOST_SHARD.test(error.message)
  return NOT_NOW.has(code) || NOT_NOW_CLASSES.has(code.slice(0, CLASS_LENGTH))
}

/** The same for a statement that a caller waits for: an exhausted pool is not retried, because the queue of callers would only grow. */
export function isRetryable(error: unknown): boolean {
  const isFull = error instanceof DatabaseError && error.code === 'acquire_timeout'
  return !isFull && isTransient(error)
}

const NOT_NOW: ReadonlySet<string> = new Set([
  SQLSTATE.readOnlySqlTransaction,
  SQLSTATE.serializationFailure,
  SQLSTATE.deadlockDetected,
  SQLSTATE.lockNotAvailable,
  SQLSTATE.adminShutdown,
  SQLSTATE.crashShutdown,
  SQLSTATE.cannotConnectNow,
])
/** Error classes: connection failures, insufficient resources such as disk or memory, and I/O errors. */
const NOT_NOW_CLASSES = new Set(['08', '53', '58'])
/** PL/Proxy reports a lost connection to a shard as an internal error. */
const LOST_SHARD = /^(?:PL\/Proxy function |\w+\(\d+\): \[.*\] REMOTE )/
const CLASS_LENGTH = 2
const FORM = /^[0-9A-Z]{5}$/
const PROGRAM_ERRORS = [TypeError, RangeError, ReferenceError, SyntaxError]
