import { CommandError } from './command-error.ts'

/** Ledger invariants that are violated, each with the number of violating rows. */
export class LedgerViolatedError extends CommandError {
  override readonly name = 'LedgerViolatedError'
  override readonly code = 'LEDGER_VIOLATED'
  override readonly exitCode = 1

  constructor(violations: readonly { invariant: string; broken: number }[]) {
    const lines = violations.map(({ invariant, broken }) => `  ${invariant}: ${broken} row(s)`)
    super(`Ledger checks failed:\n${lines.join('\n')}`)
  }
}
