/** Ledger invariants that do not hold, each with the number of violating rows. */
export class BooksBrokenError extends Error {
  override readonly name = 'BooksBrokenError'
  readonly code = 'BOOKS_BROKEN'

  constructor(broken: readonly string[]) {
    super(`Ledger checks failed:\n${broken.join('\n')}`)
  }
}
