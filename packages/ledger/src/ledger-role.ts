/** The role that may add to the ledger and not rewrite it; made by a migration. */
export const LEDGER_ROLE = 'tollgate_ledger'
