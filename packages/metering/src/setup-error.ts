/** The application did not provide or install something required; the message gives the fix. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly code = 'SETUP_INCOMPLETE'

  constructor(problem: string) {
    super(`${problem} Guide: errors#setup-incomplete`)
  }
}
