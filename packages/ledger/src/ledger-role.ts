/** The role that may append to the ledger but not rewrite it; created by a migration. */
export const LEDGER_ROLE = 'tollgate_ledger'
