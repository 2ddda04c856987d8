export { createLedger, type LedgerOptions } from './create-ledger.ts'
export type { Ledger } from './ledger.ts'
export { LedgerError, type LedgerErrorCode } from './ledger-error.ts'
export { verifyBooks, type Violation } from './verify-books.ts'
