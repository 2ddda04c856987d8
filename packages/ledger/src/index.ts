export { createLedger, type LedgerOptions } from './create-ledger.ts'
export type { Ledger } from './core/ledger.ts'
export { LedgerError, type LedgerErrorCode } from './core/ledger-error.ts'
export { verifyBooks, type Violation } from './verify-books.ts'
