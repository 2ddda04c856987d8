import { DatabaseError } from './database-error.ts'
import { isTransient } from './is-transient.ts'

/**
 * Whether an error of unknown origin shows that the database was unavailable: it comes from the server, its connection or the pool, and
 * says "not now". Any other error may be a bug of ours.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseError) return error.code === 'acquire_timeout'
  const isOfDatabase = 'severity' in error || isOfSocket(error) || DRIVER.test(error.message)
  return isOfDatabase && isTransient(error)
}

/** From the driver's connection: a missing file or a port in use are system errors, too. */
function isOfSocket(error: Error): boolean {
  return 'syscall' in error && typeof error.syscall === 'string' && SOCKET.has(error.syscall)
}

const SOCKET = new Set(['connect', 'getaddrinfo', 'read', 'write', 'shutdown'])

/** The driver's and the pool's own errors have no code. */
const DRIVER =
  /^(?:Connection terminated|Client (?:has|was) .+ not queryable|Cannot use a pool|timeout exceeded)/
