/** Something that an application has to give or install was not there; the message says what to write. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly code = 'SETUP_INCOMPLETE'

  constructor(problem: string) {
    // Only a developer reads it.
    super(`${problem} Guide: errors#setup-incomplete`)
  }
}
