/** Ledger invariants that are violated, each with the number of violating rows. */
export class LedgerViolatedError extends Error {
  override readonly name = 'LedgerViolatedError'
  readonly code = 'LEDGER_VIOLATED'

  constructor(violations: readonly { invariant: string; broken: number }[]) {
    const lines = violations.map(({ invariant, broken }) => `  ${invariant}: ${broken} row(s)`)
    super(`Ledger checks failed:\n${lines.join('\n')}`)
  }
}
