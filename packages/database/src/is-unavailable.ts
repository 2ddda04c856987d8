import { DatabaseError } from './database-error.ts'
import { isTransient } from './is-transient.ts'

/**
 * Whether an error of unknown origin shows that the database was away: it bears the marks of the server, of its connection or
 * of the pool, and says "not now". Every other error may as well be a defect of ours.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseError) return error.code === 'acquire_timeout'
  const isOfDatabase = 'severity' in error || isOfSocket(error) || DRIVER.test(error.message)
  return isOfDatabase && isTransient(error)
}

/** Of the driver's connection: a file that is missing and a port that is taken are system errors, too. */
function isOfSocket(error: Error): boolean {
  return 'syscall' in error && typeof error.syscall === 'string' && SOCKET.has(error.syscall)
}

const SOCKET = new Set(['connect', 'getaddrinfo', 'read', 'write', 'shutdown'])

/** What the driver and its pool throw of their own carries no code at all. */
const DRIVER =
  /^(?:Connection terminated|Client (?:has|was) .+ not queryable|Cannot use a pool|timeout exceeded)/
