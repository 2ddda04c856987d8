/** Why the embedded server could not be started. */
export type EmbeddedPostgresErrorCode =
  | 'unsupported_platform'
  | 'binaries_missing'
  | 'no_user_to_run_as'
  | 'foreign_owner'
  | 'foreign_server'
  | 'not_a_data_directory'
  | 'wrong_version'
  | 'password_missing'
  | 'password_refused'
  | 'init_failed'
  | 'start_failed'
  | 'port_taken'
  | 'timed_out'

/** The embedded server refused to start; the message says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresErrorCode

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
