/** Errors on our side of the connection; the server's errors keep their SQLSTATE. */
export type DatabaseErrorCode =
  | 'unsafe_integer'
  | 'acquire_timeout'
  | 'transaction_finished'
  | 'transaction_aborted'
  | 'migration_changed'
  | 'migration_failed'
  | 'not_durable'

/** An error of this package; distinguish errors by `code`. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
