/** What went wrong on our side of the connection; the server's own errors keep their SQLSTATE. */
export type DatabaseErrorCode =
  | 'unsafe_integer'
  | 'acquire_timeout'
  | 'transaction_finished'
  | 'transaction_aborted'
  | 'migration_changed'
  | 'migration_failed'
  | 'not_durable'

/** A failure of the database room; recognise it by `code`. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
