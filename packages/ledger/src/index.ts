export { createLedger, type LedgerOptions } from './create-ledger.ts'
export type { Ledger } from './core/ledger.ts'
export { LedgerError, type LedgerErrorCode } from './core/ledger-error.ts'
export { checkInvariants, type Violation } from './check-invariants.ts'
