import { DatabaseError } from './database-error.ts'
import { isTransient } from './is-transient.ts'

/**
 * Whether an error of unknown origin shows that the database was away: it bears the marks of the server, of its connection or
 * of the pool, and says "not now". Every other error may as well be a defect of ours.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseError) return error.code === 'acquire_timeout'
  const isOfDatabase = 'severity' in error || 'syscall' in error || DRIVER.test(error.message)
  return isOfDatabase && isTransient(error)
}

/** What the driver and its pool throw of their own carries no code at all. */
const DRIVER =
  /^(?:Connection terminated|Client (?:has|was) .+ not queryable|Cannot use a pool|timeout exceeded)/
