import { CommandError } from './command-error.ts'

/** The command line is invalid; the message says what to write instead. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'
  override readonly code = 'USAGE'
  override readonly exitCode = 2
}
