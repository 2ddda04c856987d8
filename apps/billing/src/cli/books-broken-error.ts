/** Laws of the books that do not hold, each with how many rows break it. */
export class BooksBrokenError extends Error {
  override readonly name = 'BooksBrokenError'
  readonly code = 'BOOKS_BROKEN'

  constructor(broken: readonly string[]) {
    super(`The books break laws:\n${broken.join('\n')}`)
  }
}
