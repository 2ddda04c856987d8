import { DatabaseError } from '@tollgate/database'

/** SQLSTATEs with which the server says "not now" rather than "no". */
const TRY_AGAIN = new Set(['25006', '40001', '40P01', '55P03', '57P01', '57P02', '57P03'])
/** Whole classes of them: the connection failed, there is no disk or memory left, the machine does not read or write. */
const TRY_AGAIN_CLASSES = new Set(['08', '53', '58'])
const CLASS_LENGTH = 2
const SQLSTATE = /^[0-9A-Z]{5}$/

/**
 * Whether a statement may have a different fate next time. An error without an SQLSTATE came from the connection, so it is
 * not known what became of the statement.
 */
export function isTransportError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!('severity' in error) || !SQLSTATE.test(code))
    return !PROGRAM_ERRORS.some((kind) => error instanceof kind)
  return TRY_AGAIN.has(code) || TRY_AGAIN_CLASSES.has(code.slice(0, CLASS_LENGTH))
}

/**
 * The same for a statement that a caller waits for: a server with no connection to spare says so at once, because a queue of
 * callers would only grow.
 */
export function mayEndOtherwise(error: unknown): boolean {
  const isFull = error instanceof DatabaseError && error.code === 'acquire_timeout'
  return !isFull && isTransportError(error)
}

const PROGRAM_ERRORS = [TypeError, RangeError, ReferenceError, SyntaxError]
